import { Button } from 'react-aria-components/Button';
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure';
import { Heading } from 'react-aria-components/Heading';

/** A part of the screen that is opened when it is needed. */
export function ScreenPanel({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <Disclosure className="panel">
      {({ isExpanded }) => (
        <>
          <Heading level={2} className="panel__heading">
            <Button slot="trigger" className="panel__trigger">
              <svg className="panel__chevron" viewBox="0 0 12 12" aria-hidden="true">
                <path d="M2.5 4.5 6 8l3.5-3.5" />
              </svg>
              {title}
            </Button>
          </Heading>
          {/* What is closed asks nothing of the device. */}
          <DisclosurePanel className="panel__body">{isExpanded && children}</DisclosurePanel>
        </>
      )}
    </Disclosure>
  );
}
