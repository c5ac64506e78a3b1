/** Returns the texts that a reader sees in elements, each with its node and the style of its element. */
function texts(within = "*") {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() && !element.closest("script, style, title, option") && element.closest(within) && element.checkVisibility()) {
      found.push({ node: walker.currentNode, text: walker.currentNode.data.trim(), element, style: getComputedStyle(element) });
    }
  }
  return found;
}

function channels(colour) {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
}

/** Returns the luminance of WCAG 2, from 0 (black) to 1 (white). */
function luminance(colour) {
  const [r, g, b] = channels(colour).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function background(element) {
  for (let e = element; e; e = e.parentElement) {
    const colour = getComputedStyle(e).backgroundColor;
    if (channels(colour)[3] === 255) return colour;
  }
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = "Canvas"; // of the browser
  const canvas = getComputedStyle(probe).color;
  probe.remove();
  return canvas;
}

/** Returns the texts whose contrast is below that of WCAG 2, level AA. */
function faint() {
  const ratios = new Map();
  const faint = new Set();
  for (const { text, element, style } of texts()) {
    const ink = element.closest("svg") ? style.fill : style.color;
    const key = ink + " on " + background(element);
    if (!ratios.has(key)) {
      const [low, high] = key.split(" on ").map(luminance).sort((a, b) => a - b);
      ratios.set(key, (high + 0.05) / (low + 0.05));
    }
    if (ratios.get(key) < 4.5) faint.add(`${text}: ${key}, ${ratios.get(key).toFixed(2)}`);
  }
  return [...faint];
}

/** Returns the texts that are hidden or reach out of the page, unless they scroll by themselves. */
function cut() {
  return texts().filter(({ node, element, style }) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const isOut = box.left < -1 || box.right > document.documentElement.clientWidth + 1;
    return !box.width || !box.height || style.textOverflow === "ellipsis" || isOut && !element.closest("pre, .table");
  }).map(({ text }) => text);
}

function scrollsSideways() {
  return document.documentElement.scrollWidth > document.documentElement.clientWidth;
}

function isInView(element) {
  const box = element.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + 5, box.top + 5);
  const bottom = document.elementFromPoint(box.left + 5, box.bottom - 5);
  return element.contains(top) && element.contains(bottom);
}
