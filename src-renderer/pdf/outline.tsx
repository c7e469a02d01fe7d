import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../i18n/context.tsx';

export type OutlineNode = { readonly title: string; readonly dest: string | unknown[] | null; readonly items: readonly OutlineNode[] };
type OnGo = (dest: string | unknown[]) => void;

/** The document's headings. Only the first level is open: a law has thousands. */
export function Outline({ nodes, onGo }: { readonly nodes: readonly OutlineNode[]; readonly onGo: OnGo }) {
  return <div className="outline"><Level nodes={nodes} onGo={onGo} /></div>;
}

function Level({ nodes, onGo }: { readonly nodes: readonly OutlineNode[]; readonly onGo: OnGo }) {
  return <ul className="outline-level">{nodes.map((node, index) => <Heading key={index} node={node} onGo={onGo} />)}</ul>;
}

function Heading({ node, onGo }: { readonly node: OutlineNode; readonly onGo: OnGo }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const { dest, items } = node;
  // A heading without words still is a place one may go to.
  const title = node.title.trim() || t('viewer.untitled');
  const Arrow = open ? ChevronDown : ChevronRight;
  return (
    <li>
      <div className="outline-row">
        {items.length > 0 ? (
          <button type="button" className="outline-toggle" aria-expanded={open} aria-label={t('viewer.under', { title })} onClick={() => setOpen(!open)}><Arrow aria-hidden size={16} strokeWidth={2} /></button>
        ) : <span className="outline-toggle" aria-hidden />}
        {/* What leads outside the document, or nowhere, is read but not pressed. */}
        {dest ? <button type="button" className="outline-title" onClick={() => onGo(dest)}>{title}</button> : <span className="outline-title">{title}</span>}
      </div>
      {open && <Level nodes={items} onGo={onGo} />}
    </li>
  );
}
