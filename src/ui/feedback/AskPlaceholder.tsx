/** The room of the question while its code is on the way, so that nothing moves when it comes. */
export function AskPlaceholder() {
  return <div className="ask-placeholder" aria-hidden="true" />;
}
