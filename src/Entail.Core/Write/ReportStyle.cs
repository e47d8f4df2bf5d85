namespace Entail.Core.Write;

public sealed partial class ReportHtml
{
    /// <summary>The colors of every page, by day and by night.</summary>
    internal const string Palette = """
        :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #57606a; --line: #d8dee4; --faint: #f6f8fa; --accent: #0b5cad; --good: #116329; --caution: #7d4e00; --bad: #a40e26; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --paper: #14171a; --soft: #9aa4b0; --line: #333a42; --faint: #1c2126; --accent: #7ab8ff; --good: #57d364; --caution: #e3b341; --bad: #ff8a8a; } }
        * { box-sizing: border-box; }

        """;

    private const string Style =
        Palette
        + """
            body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
            main { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
            main[hidden] { display: none; }
            h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
            h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); }
            h3 { font-size: 1rem; margin: 0 0 .3rem; overflow-wrap: anywhere; }
            header p { margin: .2rem 0; }
            a { color: var(--accent); overflow-wrap: anywhere; }
            .verdict { font-size: 1.3rem; font-weight: 700; }
            .good { color: var(--good); } .caution { color: var(--caution); } .bad { color: var(--bad); }
            .small, footer { color: var(--soft); font-size: .82rem; font-weight: 400; overflow-wrap: anywhere; }
            .clauses { font-size: .82rem; }
            code, pre { font-family: ui-monospace, "Cascadia Mono", Menlo, monospace; font-size: .86rem; }
            code { overflow-wrap: anywhere; }
            pre { overflow-x: auto; }
            article { border: 1px solid var(--line); border-left-width: .35rem; border-radius: .3rem; padding: .7rem 1rem; margin: .8rem 0; break-inside: avoid; }
            article.error { border-left-color: var(--bad); } article.warning { border-left-color: var(--caution); } article.suppressed { opacity: .75; }
            article.error .severity { color: var(--bad); } article.warning .severity { color: var(--caution); } article.note .severity { color: var(--soft); }
            article p, article ul { margin: .3rem 0; } article ul { padding-left: 1.2rem; } article ul:empty { display: none; }
            .place { margin: .2rem 0; }
            .line { display: block; background: var(--faint); border: 1px solid var(--line); border-radius: .25rem; padding: .15rem .5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
            .fix { background: var(--faint); border-radius: .25rem; padding: .35rem .6rem; }
            .checklist { list-style: none; padding: 0; margin: 0; }
            .checklist li { border-bottom: 1px solid var(--line); padding: .5rem 0; break-inside: avoid; }
            .met strong { color: var(--good); } .missing strong { color: var(--bad); } .not-visible strong { color: var(--soft); }
            table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .92rem; }
            th, td { text-align: left; vertical-align: top; padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
            td:first-child { min-width: 7rem; }
            .drawing { overflow-x: auto; direction: rtl; } /* begins at the shipped work, which stands at the right */
            .drawing svg { display: block; direction: ltr; margin-right: auto; max-width: none; font-size: 12px; fill: var(--ink); }
            .box rect { fill: var(--faint); stroke: var(--line); stroke-width: 1.5; }
            .root rect { stroke: var(--accent); stroke-width: 2.5; }
            .unknown rect { stroke: var(--caution); stroke-dasharray: 4 3; }
            .license { fill: var(--soft); } .act { fill: var(--soft); font-size: 11px; }
            .arrow { fill: var(--soft); } .step { fill: none; stroke: var(--soft); stroke-width: 1.5; } .inferred { stroke-dasharray: 5 4; }
            .switch { text-align: right; margin: .6rem 1.25rem 0; }
            button { font: inherit; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: .4rem; padding: .2rem .7rem; cursor: pointer; }
            .sign { display: none; }
            @media print {
              :root { --ink: #000; --paper: #fff; --soft: #444; --line: #bbb; --faint: #f6f6f6; --accent: #000; --good: #000; --caution: #000; --bad: #000; }
              .switch { display: none; } .sign { display: block; margin-top: 2rem; } main { max-width: none; padding: 0; } body { font-size: 11pt; }
              .drawing { overflow: visible; } .drawing svg { width: 100%; height: auto; } h2, h3 { break-after: avoid; }
            }

            """;

    private const string Script = """
        document.getElementById("switch").addEventListener("click", function () {
          document.querySelectorAll("main").forEach(function (m) { m.hidden = !m.hidden; });
          document.documentElement.lang = document.querySelector("main:not([hidden])").lang;
        });
        """;
}
