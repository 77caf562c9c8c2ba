/// How every page of a site looks: on a phone and on a desk, light and dark, and printed.
enum SiteStyle {
  static let text = """
    :root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --paper: #ffffff; --card: #f6f8fa;
      --link: #0550ae; --sure: #0072b2; --against: #b34700; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6edf3; --soft: #9da7b3; --line: #3d444d; --paper: #0d1117; --card: #161b22; --link: #79b8ff;
        --sure: #56b4e9; --against: #e69f00; }
    }
    * { box-sizing: border-box; }
    html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
    body { margin: 0; color: var(--ink); background: var(--paper); font: 1rem/1.55 system-ui, 'Segoe UI', Helvetica, Arial,
      'DejaVu Sans', sans-serif; overflow-wrap: anywhere; }
    a { color: var(--link); text-underline-offset: .15em; }
    a:focus-visible, button:focus-visible, input:focus-visible, .wide:focus-visible, [role=option][aria-selected=true] {
      outline: 3px solid var(--link); outline-offset: 2px; }
    .skip { position: absolute; left: -100vw; } .skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .4rem; z-index: 3; }
    .top { display: flex; flex-wrap: wrap; gap: .5rem 1.4rem; align-items: center; padding: .7rem max(1rem, calc(50% - 29rem));
      border-bottom: 1px solid var(--line); background: var(--card); }
    .home { font-weight: 700; color: var(--ink); text-decoration: none; }
    .top nav { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; } .top nav a { text-decoration: none; padding: .25rem 0; }
    .top nav a:hover, .home:hover { text-decoration: underline; }
    .search { position: relative; flex: 1 1 14rem; min-width: 0; }
    .search input { width: 100%; font: inherit; padding: .45rem .7rem; color: inherit; background: var(--paper);
      border: 1px solid var(--soft); border-radius: .4rem; }
    .large { max-width: 34rem; margin: 1.2rem 0 .4rem; } .large input { font-size: 1.15rem; padding: .65rem .9rem; }
    .found { position: absolute; z-index: 2; left: 0; right: 0; margin: .25rem 0 0; padding: .3rem; list-style: none; max-height: 60vh;
      overflow-y: auto; background: var(--paper); border: 1px solid var(--soft); border-radius: .4rem;
      box-shadow: 0 6px 18px rgb(0 0 0 / .25); }
    .found[hidden] { display: none; } .found li { padding: .35rem .5rem; border-radius: .3rem; cursor: pointer; }
    .found li:hover, .found li[aria-selected=true] { background: var(--card); } .found a { text-decoration: none; }
    .found span, .entry > .about { color: var(--soft); font-size: .88rem; }
    main { max-width: 60rem; margin: 0 auto; padding: 1.4rem 1rem 2rem; }
    h1 { margin: 0; font-size: clamp(1.5rem, 4.5vw, 2.1rem); line-height: 1.2; text-wrap: balance; }
    h2 { margin: 2.2rem 0 .6rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); font-size: 1.2rem; line-height: 1.3; }
    h3 { margin: 1.3rem 0 .35rem; font-size: 1rem; }
    .of { margin: .3rem 0 0; color: var(--soft); } .of a { color: inherit; } .note { max-width: 46rem; }
    dl { display: grid; grid-template-columns: minmax(8rem, 13rem) 1fr; gap: .35rem 1.2rem; margin: 0; }
    dt { color: var(--soft); } dd { margin: 0; } dd.alone { grid-column: 1 / -1; }
    sup { line-height: 0; font-size: .74em; } sup a { text-decoration: none; padding: .1rem .12rem; }
    code { font-family: ui-monospace, 'DejaVu Sans Mono', monospace; font-size: .9em; }
    .whole { white-space: nowrap; } .more, .remark { color: var(--soft); }
    .notes { margin: 0; padding-left: 2.3rem; font-size: .92rem; } li:target, .claim:target { outline: 2px solid var(--sure); outline-offset: 3px; }
    .entries { columns: 17rem; column-gap: 2rem; margin: 0; padding: 0; list-style: none; }
    .entry { break-inside: avoid; padding: .2rem 0; } .entry > .about { margin-left: .35rem; }
    .claim { margin: 0 0 .8rem; padding: .5rem .8rem; background: var(--card); border-left: 4px solid var(--sure); border-radius: .25rem; }
    .claim p { margin: 0; } .claim.over { border-left: 4px dashed var(--soft); } .claim.not { border-left: 4px double var(--against); }
    .claim .value { font-weight: 600; } .claim .aside, .cites { font-size: .92rem; } .aside { color: var(--soft); }
    .claim .perma { float: right; margin-left: .6rem; text-decoration: none; color: var(--soft); padding: 0 .3rem; }
    .cites { margin: .35rem 0 0; padding: 0; list-style: none; } .cites > li { margin-top: .35rem; }
    blockquote { margin: .2rem 0 0; padding-left: .8rem; border-left: 2px solid var(--line); }
    .denies { color: var(--against); font-weight: 600; }
    .control { display: grid; grid-template-columns: 1fr auto auto; gap: .2rem .6rem; align-items: center; margin: 0 0 .9rem; }
    .control label { grid-column: 1 / -1; } .control output { font-weight: 700; font-variant-numeric: tabular-nums; }
    .control input { width: 100%; min-height: 1.6rem; accent-color: var(--sure); margin: 0; }
    button { font: inherit; min-width: 2.75rem; min-height: 2.5rem; color: inherit; background: var(--card); border: 1px solid var(--soft);
      border-radius: .4rem; cursor: pointer; } button:disabled { opacity: .45; cursor: default; }
    .who { display: flex; flex-wrap: wrap; gap: .35rem .5rem; margin: .2rem 0 .8rem; padding: 0; list-style: none; }
    .who li { padding: .12rem .6rem; border: 1px solid var(--sure); border-radius: 1rem; }
    .who.maybe li { border-style: dashed; } .who.denied li { border-color: var(--against); border-style: double; border-width: 3px; }
    .wide { overflow-x: auto; max-width: 100%; } figure { position: relative; margin: 2.2rem 0 0; }
    figure img { display: block; max-width: none; }
    table { border-collapse: collapse; width: 100%; }
    th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
    th { color: var(--soft); font-weight: 600; } th, td { overflow-wrap: break-word; }
    footer { max-width: 60rem; margin: 0 auto; padding: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .92rem; }
    footer p { margin: .2rem 0; } .quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    @media (max-width: 42rem) {
      dl { grid-template-columns: 1fr; gap: 0; } dd { margin: 0 0 .6rem; }
      table, tbody, tr, td { display: block; } thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
      td { overflow-wrap: anywhere; } tr { padding: .5rem 0; border-bottom: 1px solid var(--line); } td { border: 0; padding: .05rem 0; }
      td[data-of]::before { content: attr(data-of) ": "; color: var(--soft); } td:empty { display: none; }
    }
    @media print {
      :root { color-scheme: light; --ink: #000; --soft: #333; --line: #999; --paper: #fff; --card: #fff; --link: #000; --sure: #000; --against: #000; }
      body { font-size: 10pt; } .top nav, .search, .control, .skip, .perma { display: none; } main, footer { max-width: none; padding: .5rem 0; }
      h2, h3, dt { break-after: avoid; } .claim, .entry, figure, tr { break-inside: avoid; } a { text-decoration: none; }
      figure img { max-width: 100%; height: auto; } .wide { overflow: visible; }
    }

    """
}
