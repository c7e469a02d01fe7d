import { ChevronRight, type LucideIcon } from 'lucide-react';
import { Button, Collection, Tree as AriaTree, TreeItem, TreeItemContent } from 'react-aria-components';
import { useT } from '../i18n/context.tsx';

export type TreeNode = { readonly id: string; readonly label: string; readonly icon?: LucideIcon; readonly detail?: string; readonly children?: readonly TreeNode[] };

type TreeProps = {
  readonly label: string;
  readonly nodes: readonly TreeNode[];
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  /** Branches that stand open at first. */
  readonly open?: readonly string[];
};

/** Things inside things (offices, books, an outline). ↑↓ go, → opens, ← closes, the first letters find. */
export function Tree({ label, nodes, selected, onSelect, open = [] }: TreeProps) {
  return (
    <AriaTree
      aria-label={label}
      className="tree"
      items={nodes}
      selectionMode="single"
      selectionBehavior="replace"
      selectedKeys={selected === null ? [] : [selected]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : keys;
        if (key !== undefined) onSelect(String(key));
      }}
      defaultExpandedKeys={[...open]}
    >
      {(node) => <Branch node={node} />}
    </AriaTree>
  );
}

function Branch({ node }: { readonly node: TreeNode }) {
  const t = useT();
  return (
    <TreeItem id={node.id} textValue={node.label} className="tree-item">
      <TreeItemContent>
        {({ hasChildItems, isExpanded, level }) => (
          <span className={`tree-row tree-level-${Math.min(level, 6)}`}>
            {hasChildItems ? (
              <Button slot="chevron" className="tree-chevron" aria-label={t(isExpanded ? 'kit.close' : 'kit.open', { label: node.label })}><ChevronRight aria-hidden size={16} strokeWidth={2} /></Button>
            ) : (
              <span className="tree-chevron" />
            )}
            {node.icon && <node.icon aria-hidden size={16} strokeWidth={1.75} />}
            <span className="tree-words">{node.label}</span>
            {node.detail && <span className="tree-detail">{node.detail}</span>}
          </span>
        )}
      </TreeItemContent>
      <Collection items={node.children ?? []}>{(child: TreeNode) => <Branch node={child} />}</Collection>
    </TreeItem>
  );
}
