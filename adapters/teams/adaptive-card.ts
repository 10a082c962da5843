import type { CardEvent } from "../../src/cards/card.ts";

/**
 * The subset of Adaptive Cards 1.5 that the desk uses: elements that phones render well. No Table, Media or Carousel.
 * After https://adaptivecards.io/explorer/.
 */
export interface AdaptiveCard {
  readonly type: "AdaptiveCard";
  readonly $schema: "http://adaptivecards.io/schemas/adaptive-card.json";
  readonly version: "1.5";
  /** Shown by clients that cannot render the card. */
  readonly fallbackText: string;
  readonly body: readonly CardElement[];
}

export type CardElement = TextBlock | FactSet | ColumnSet | ActionSet | InputElement;

interface Placed {
  readonly spacing?: Spacing;
  readonly separator?: true;
}

type Spacing = "none" | "small" | "default" | "medium" | "large";
export type Colour = "default" | "good" | "attention" | "warning";

export interface TextBlock extends Placed {
  readonly type: "TextBlock";
  /** Markdown. User input is escaped. */
  readonly text: string;
  readonly wrap: true;
  readonly style?: "heading";
  readonly size?: "small" | "default" | "medium" | "large";
  readonly weight?: "default" | "bolder";
  readonly color?: Colour;
  readonly isSubtle?: true;
}

export interface FactSet extends Placed {
  readonly type: "FactSet";
  readonly facts: readonly { readonly title: string; readonly value: string }[];
}

/** Exactly two columns of texts. */
export interface ColumnSet extends Placed {
  readonly type: "ColumnSet";
  readonly columns: readonly [Column, Column];
}

export interface Column {
  readonly type: "Column";
  readonly width: "stretch" | "auto";
  readonly items: readonly TextBlock[];
}

export interface ActionSet extends Placed {
  readonly type: "ActionSet";
  readonly actions: readonly CardAction[];
}

export type CardAction = ExecuteAction | OpenUrlAction;

interface Titled {
  readonly title: string;
  readonly style?: "positive" | "destructive";
  readonly tooltip?: string;
}

export interface ExecuteAction extends Titled {
  readonly type: "Action.Execute";
  readonly verb: "press";
  readonly data: PressData;
  readonly associatedInputs: "auto" | "none";
}

export interface OpenUrlAction extends Titled {
  readonly type: "Action.OpenUrl";
  readonly url: string;
}

/** The data of a button. It contains ids only, because anyone who has the card can read and replay it. */
export interface PressData {
  /** The talk's id. */
  readonly t: string;
  /** The revision of the card that carried the button. */
  readonly r: number;
  readonly e: CardEvent;
}

interface Asked extends Placed {
  readonly id: string;
  readonly label: string;
  readonly isRequired?: true;
  readonly errorMessage: string;
}

export type InputElement =
  | (Asked & {
      readonly type: "Input.Text";
      readonly isMultiline?: true;
      readonly style?: "tel";
      readonly value?: string;
    })
  | (Asked & { readonly type: "Input.Number"; readonly value?: number })
  | (Asked & { readonly type: "Input.Date"; readonly value?: string })
  | (Asked & {
      readonly type: "Input.Toggle";
      readonly title: string;
      readonly wrap: true;
      readonly valueOn: string;
      readonly valueOff: string;
      readonly value?: string;
    })
  | (Asked & {
      readonly type: "Input.ChoiceSet";
      readonly style: "compact" | "expanded";
      readonly isMultiSelect?: true;
      readonly wrap: true;
      readonly placeholder?: string;
      readonly choices: readonly { readonly title: string; readonly value: string }[];
      readonly value?: string;
    });
