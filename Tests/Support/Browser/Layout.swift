/// Scripts that measure what a reader would see of a page: run in it by ``BrowserPage/texts(_:)``, each gives what is wrong, in
/// words.
public enum Layout {
  /// Texts that lie on one another.
  public static let overlaps = """
    (() => {
      const seen = [], wrong = [];
      const walker = document.createTreeWalker(document.body || document.documentElement, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode, element = node.parentElement;
        if (!node.data.trim() || ['SCRIPT', 'STYLE', 'TITLE', 'DESC', 'NOSCRIPT', 'title', 'desc', 'style'].includes(element.tagName)) continue;
        if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest('.quiet, .skip, thead')) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
          if (box.width < 2 || box.height < 2) continue;
          seen.push({ left: box.left, right: box.right, top: box.top, bottom: box.bottom, node, text: node.data.trim().slice(0, 40) });
        }
      }
      seen.sort((one, other) => one.top - other.top);
      for (let i = 0; i < seen.length; i++) {
        for (let j = i + 1; j < seen.length && seen[j].top < seen[i].bottom; j++) {
          const one = seen[i], other = seen[j];
          if (one.node === other.node) continue;
          const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
          const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
          const small = Math.min(one.bottom - one.top, other.bottom - other.top);
          if (wide > 1.5 && high > small * 0.45) wrong.push(`“${one.text}” lies on “${other.text}”`);
          if (wrong.length > 5) return wrong;
        }
      }
      return wrong;
    })()
    """

  /// What is cut off, or reaches beyond the page, but for what can be moved.
  public static let clipped = """
    (() => {
      const wrong = [], page = document.documentElement;
      if (page.scrollWidth > page.clientWidth + 1) wrong.push(`the page is ${page.scrollWidth} wide, the screen ${page.clientWidth}`);
      for (const element of document.querySelectorAll('body *')) {
        if (element.closest('.quiet, .skip, thead, [hidden], .wide, script, noscript') || !element.checkVisibility()) continue;
        const box = element.getBoundingClientRect(), style = getComputedStyle(element);
        if (box.width && (box.right > page.clientWidth + 1 || box.left < -1)) {
          wrong.push(`${element.tagName} “${element.textContent.trim().slice(0, 40)}” reaches from ${box.left} to ${box.right}`);
        }
        if (style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1) {
          wrong.push(`${element.tagName} “${element.textContent.trim().slice(0, 40)}” is cut`);
        }
        if (wrong.length > 5) break;
      }
      return wrong;
    })()
    """

  /// Texts that stand out too little from what is behind them (WCAG 2.2, 1.4.3).
  public static let contrast = """
    (() => {
      const wrong = new Set();
      function colour(text) {
        const parts = (text.match(/[\\d.]+/g) || []).map(Number);
        return { parts: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
      }
      function light(parts) {
        const [r, g, b] = parts.map(part => { const x = part / 255; return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4; });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      }
      for (const element of document.querySelectorAll('body *')) {
        const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        if (!own || element.disabled || !element.checkVisibility() || element.closest('.quiet, .skip, svg, script, noscript')) continue;
        let behind = element, paper = null;
        while (behind && !paper) {
          const found = colour(getComputedStyle(behind).backgroundColor);
          if (found.alpha === 1 && found.parts.length === 3) paper = found.parts;
          behind = behind.parentElement;
        }
        const [one, other] = [light(colour(getComputedStyle(element).color).parts), light(paper || [255, 255, 255])];
        const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        if (ratio < 4.5) wrong.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
      }
      return [...wrong].slice(0, 6);
    })()
    """

  /// What a drawing shows beyond its edges.
  public static let beyondDrawing = """
    (() => {
      const root = document.documentElement, edge = root.getBoundingClientRect(), wrong = [];
      for (const text of root.querySelectorAll('text')) {
        const box = text.getBoundingClientRect();
        if (box.left < edge.left - 1 || box.right > edge.right + 1 || box.top < edge.top - 1 || box.bottom > edge.bottom + 1) {
          wrong.push(text.firstChild.data.slice(0, 40));
        }
      }
      return wrong;
    })()
    """

  /// What a reader who does not see, or has no mouse, would miss.
  public static let accessibility = """
    (() => {
      const wrong = [], ids = new Set();
      for (const element of document.querySelectorAll('[id]')) {
        if (ids.has(element.id)) wrong.push(`two are #${element.id}`);
        ids.add(element.id);
      }
      if (!document.documentElement.lang) wrong.push('no language');
      if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
      if (!document.querySelector('main')) wrong.push('no main');
      let level = 1;
      for (const heading of document.querySelectorAll('h1, h2, h3, h4')) {
        const mine = Number(heading.tagName[1]);
        if (mine > level + 1) wrong.push(`“${heading.textContent}” skips a level`);
        level = mine;
      }
      for (const input of document.querySelectorAll('input')) if (!input.labels.length) wrong.push(`#${input.id} has no label`);
      for (const image of document.querySelectorAll('img')) if (!image.alt) wrong.push('a picture without words');
      for (const link of document.querySelectorAll('a, button')) {
        if (!(link.textContent.trim() || link.getAttribute('aria-label'))) wrong.push(`${link.outerHTML.slice(0, 60)} has no name`);
      }
      for (const link of document.querySelectorAll('a[href^="#"]')) {
        const id = decodeURIComponent(link.getAttribute('href').slice(1));
        if (!document.getElementById(id)) wrong.push(`#${id} leads nowhere`);
      }
      return wrong.slice(0, 6);
    })()
    """
}
