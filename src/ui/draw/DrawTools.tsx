import { Button } from 'react-aria-components/Button';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { Toolbar } from 'react-aria-components/Toolbar';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import { useTranslation } from 'react-i18next';
import { useApp, useAppState } from '../app-context.tsx';
import { Icon } from '../shell/Icon.tsx';
import type { IconName } from '../shell/Icon.tsx';
import type { Shortcut } from './use-shortcuts.ts';

/** What a hand needs beside the pen. */
export function DrawTools({ act }: { readonly act: (shortcut: Shortcut) => void }) {
  const { t } = useTranslation('draw');
  const { preferences } = useApp();
  const canUndo = useAppState((state) => state.drawing.past.length > 0);
  const canRedo = useAppState((state) => state.drawing.future.length > 0);
  const hasInk = useAppState((state) => state.drawing.ink.length > 0);
  const erasing = useAppState((state) => state.tool === 'eraser');
  const stylusOnly = useAppState((state) => state.preferences.stylusOnly);
  return (
    <Toolbar className="draw-tools" aria-label={t('tools')}>
      <Tool icon="undo" name={t('undo')} isDisabled={!canUndo} onPress={() => act('undo')} />
      <Tool icon="redo" name={t('redo')} isDisabled={!canRedo} onPress={() => act('redo')} />
      <Toggle icon="eraser" name={t('eraser')} isSelected={erasing} onChange={() => act('eraser')} />
      <Tool icon="clear" name={t('clear')} isDisabled={!hasInk} onPress={() => act('clear')} />
      <span className="draw-tools__gap" />
      <Toggle icon="stylus" name={t('stylusOnly')} isSelected={stylusOnly} onChange={preferences.stylusOnly} />
      <Tool icon="keys" name={t('help')} isDisabled={false} onPress={() => act('help')} />
    </Toolbar>
  );
}

type ToolProps = {
  readonly icon: IconName;
  readonly name: string;
  readonly isDisabled: boolean;
  readonly onPress: () => void;
};

function Tool({ icon, name, isDisabled, onPress }: ToolProps) {
  return (
    <TooltipTrigger delay={600}>
      <Button className="icon-button" aria-label={name} isDisabled={isDisabled} onPress={onPress}>
        <Icon name={icon} />
      </Button>
      <Tooltip className="tooltip">{name}</Tooltip>
    </TooltipTrigger>
  );
}

type ToggleProps = {
  readonly icon: IconName;
  readonly name: string;
  readonly isSelected: boolean;
  readonly onChange: (on: boolean) => void;
};

function Toggle({ icon, name, isSelected, onChange }: ToggleProps) {
  return (
    <TooltipTrigger delay={600}>
      <ToggleButton className="icon-button" aria-label={name} isSelected={isSelected} onChange={onChange}>
        <Icon name={icon} />
      </ToggleButton>
      <Tooltip className="tooltip">{name}</Tooltip>
    </TooltipTrigger>
  );
}
