import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs, type Key } from 'react-aria-components';

export type TabEntry = { readonly id: string; readonly label: string; readonly icon?: LucideIcon; readonly count?: number; readonly disabled?: boolean; readonly content: ReactNode };

type TabsProps = { readonly label: string; readonly tabs: readonly TabEntry[]; readonly selected?: string; readonly onSelect?: (id: string) => void };

/** Several sheets in one place. ←→ go from one to the next. */
export function Tabs({ label, tabs, selected, onSelect }: TabsProps) {
  return (
    <AriaTabs className="tabs" {...(selected === undefined ? {} : { selectedKey: selected })} {...(onSelect ? { onSelectionChange: (key: Key) => onSelect(String(key)) } : {})}>
      <TabList aria-label={label} className="tab-list">
        {tabs.map(({ id, label: words, icon: Icon, count, disabled = false }) => (
          <Tab key={id} id={id} className="tab" isDisabled={disabled}>
            {Icon && <Icon aria-hidden size={16} strokeWidth={1.75} />}
            {words}
            {count !== undefined && <span className="tab-count">{count}</span>}
          </Tab>
        ))}
      </TabList>
      {tabs.map(({ id, content }) => <TabPanel key={id} id={id} className="tab-panel">{content}</TabPanel>)}
    </AriaTabs>
  );
}
