// errors — the one catalogue of everything that can go wrong, with its exit code.
// in: a code and the facts   out: an error that says what, where and how to mend it   touches: nothing (pure)
export { CATALOGUE, type ErrorCode, EXIT_CODES } from "./catalogue.ts";
export { isObserverError, ObserverError } from "./observer-error.ts";
