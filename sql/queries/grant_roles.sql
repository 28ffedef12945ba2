-- Gives writer and reader their rights on whatever the last migrations added. Nothing below migration 0011.
DO $$
BEGIN
  IF to_regprocedure('public.grant_observer_roles()') IS NOT NULL THEN
    PERFORM public.grant_observer_roles();
  END IF;
END
$$
