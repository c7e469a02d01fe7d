/** The shape of a page while its own is on the way. */
export function PageSkeleton({ label }: { readonly label: string }) {
  return (
    <div className="viewer-waiting" role="status" aria-label={label}>
      <div className="page-skeleton" aria-hidden>
        {['short', 'short', 'gap', 'long', 'long', 'long', 'middle', 'gap', 'long', 'long', 'middle'].map((line, index) => <span key={index} className={`skeleton-line skeleton-${line}`} />)}
      </div>
    </div>
  );
}
