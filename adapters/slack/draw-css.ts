/** Styles for `drawSlack`, light and dark. Constant, so that a page can allow it by hash in its content security policy. */
export const slackCss = `
.slack {
  --slack-paper: light-dark(#fff, #1a1d21);
  --slack-ink: light-dark(#1d1c1d, #d1d2d3);
  --slack-soft: light-dark(#5c5b5d, #ababad);
  --slack-edge: light-dark(#1d1c1d4d, #797c814d);
  --slack-link: light-dark(#1264a3, #1d9bd1);
  color-scheme: light dark;
  box-sizing: border-box;
  background: var(--slack-paper);
  color: var(--slack-ink);
  font: 400 15px/1.467 Lato, Slack-Lato, "Segoe UI", Roboto, "Open Sans", system-ui, sans-serif;
  overflow-wrap: anywhere;
  white-space: normal;
}
.slack *, .slack *::before { box-sizing: border-box; }
.slack p { margin: 0; }
.slack-message { display: flex; gap: 8px; padding: 8px 16px; }
.slack-home { padding: 16px; }
.slack-face { flex: none; width: 36px; height: 36px; border-radius: 8px; background: #0b5d6b; color: #fff; display: grid; place-items: center; font-weight: 900; font-size: 18px; }
.slack-body { flex: 1; min-width: 0; }
.slack .slack-author { font-weight: 900; line-height: 22px; }
.slack-app { font-weight: 700; font-size: 10px; line-height: 14px; padding: 1px 3px; border-radius: 2px; background: light-dark(#e8e8e8, #3a3d42); color: var(--slack-soft); vertical-align: 2px; }
.slack .slack-header { font-weight: 900; font-size: 18px; line-height: 1.34; margin: 8px 0; }
.slack-section { margin: 8px 0; }
.slack-text p, .slack-field p { white-space: pre-wrap; }
.slack-two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr)); gap: 8px 16px; }
.slack-context { margin: 8px 0; color: var(--slack-soft); font-size: 13px; line-height: 1.4; }
.slack-context p { white-space: pre-wrap; }
.slack-actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0; }
.slack-button { display: inline-block; max-width: 100%; min-height: 36px; padding: 7px 12px; border: 1px solid var(--slack-edge); border-radius: 8px; font-size: 15px; font-weight: 700; line-height: 20px; background: var(--slack-paper); }
.slack-primary { background: #007a5a; border-color: #007a5a; color: #fff; }
.slack-danger { background: light-dark(#e01e5a, #cc2550); border-color: transparent; color: #fff; }
.slack-link { color: var(--slack-link); }
.slack-input { margin: 12px 0; }
.slack .slack-label { font-weight: 700; margin-bottom: 8px; }
.slack-optional { font-weight: 400; color: var(--slack-soft); }
.slack .slack-hint { color: var(--slack-soft); font-size: 13px; margin-top: 4px; }
.slack-box { border: 1px solid light-dark(#86868a, #797c81); border-radius: 8px; padding: 6px 12px; min-height: 36px; }
.slack-tall { min-height: 80px; }
.slack-select::after { content: "▾"; float: right; }
.slack-empty { color: var(--slack-soft); }
.slack-tick { display: flex; gap: 8px; padding: 3px 0; }
.slack-radio, .slack-check { flex: none; width: 16px; height: 16px; margin-top: 3px; border: 1px solid light-dark(#86868a, #797c81); border-radius: 50%; }
.slack-check { border-radius: 4px; }
.slack-on { border: 5px solid var(--slack-link); }
.slack-modal { max-width: 520px; border: 1px solid var(--slack-edge); border-radius: 8px; }
.slack .slack-title { font-weight: 900; font-size: 18px; padding: 16px; border-bottom: 1px solid var(--slack-edge); }
.slack-fields { padding: 4px 16px; }
.slack-foot { display: flex; justify-content: flex-end; gap: 8px; padding: 16px; border-top: 1px solid var(--slack-edge); }
.slack-divider { border: 0; border-top: 1px solid var(--slack-edge); margin: 8px 0; }
`;
