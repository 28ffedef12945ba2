-- Ends the use of found_gaps, so that the same transaction can look for gaps of another scope.
DROP TABLE found_gaps
