/** Rendering options of the `adaptivecards` library (its `HostConfig`) that make cards look as in Teams. */
export interface HostConfig {
  readonly [key: string]: unknown;
}

/** The colours of a Teams theme (the Fluent 2 tokens that cards use). */
interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly accent: string;
  readonly good: string;
  readonly attention: string;
  readonly warning: string;
  readonly line: string;
}

const light: Palette = {
  paper: "#ffffff",
  ink: "#242424",
  soft: "#616161",
  accent: "#5b5fc7",
  good: "#0e700e",
  attention: "#b10e1c",
  warning: "#8a3707",
  line: "#d1d1d1",
};

const dark: Palette = {
  paper: "#292929",
  ink: "#ffffff",
  soft: "#adadad",
  accent: "#9299f7",
  good: "#9ad29a",
  attention: "#f1a8ad",
  warning: "#f4bfab",
  line: "#525252",
};

/** Teams' host config by theme. */
export const hostConfig: Readonly<Record<"light" | "dark", HostConfig>> = {
  light: configOf(light),
  dark: configOf(dark),
};

function configOf(palette: Palette): HostConfig {
  const { paper, ink, soft, accent, good, attention, warning, line } = palette;
  const colour = (plain: string) => ({ default: plain, subtle: plain });
  const foregroundColors = {
    default: { default: ink, subtle: soft },
    dark: { default: ink, subtle: soft },
    light: { default: paper, subtle: paper },
    accent: colour(accent),
    good: colour(good),
    attention: colour(attention),
    warning: colour(warning),
  };
  const container = { backgroundColor: paper, foregroundColors };
  return {
    supportsInteractivity: true,
    fontFamily: "'Segoe UI', 'Open Sans', system-ui, sans-serif",
    fontSizes: { small: 12, default: 14, medium: 16, large: 20, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 28, extraLarge: 32 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: line },
    textBlock: { headingLevel: 3 },
    inputs: {
      label: {
        inputSpacing: "small",
        requiredInputs: { color: "default", weight: "bolder", suffix: " *", suffixColor: "attention" },
        optionalInputs: { color: "default", weight: "bolder" },
      },
      errorMessage: { color: "attention", size: "small", spacing: "small", weight: "bolder" },
    },
    actions: {
      maxActions: 6,
      spacing: "default",
      buttonSpacing: 8,
      showCard: { actionMode: "inline", inlineTopMargin: 12 },
      actionsOrientation: "horizontal",
      actionAlignment: "left",
      allowTitleToWrap: true,
    },
    adaptiveCard: { allowCustomStyle: false },
    containerStyles: { default: container, emphasis: container },
    factSet: {
      title: { color: "default", size: "default", weight: "bolder", wrap: true, maxWidth: 130 },
      value: { color: "default", size: "default", weight: "default", wrap: true },
      spacing: 16,
    },
  };
}
