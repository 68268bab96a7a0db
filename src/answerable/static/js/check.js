// The checking page: single keys, marks that follow the pointer, words chosen on the picture.
// Everything here has a link, a button or a tick box that does the same without it.
(() => {
  "use strict";

  const beside = document.querySelector("[data-shortcuts]");
  if (!beside) return;

  // --- Single keys: off while typing, with Ctrl and the like, and for whoever turned them off -----

  const typing = (at) =>
    at instanceof HTMLElement &&
    (at.isContentEditable ||
      ["TEXTAREA", "SELECT"].includes(at.tagName) ||
      (at.tagName === "INPUT" && !["checkbox", "radio", "button", "submit"].includes(at.type)));

  const act = (target) => {
    const details = target.closest("details");
    if (details && (target === details || target.tagName === "SUMMARY")) {
      details.open = !details.open;
      const first = details.querySelector("input:not([type=hidden]), select, textarea");
      if (details.open && first) first.focus();
      else details.querySelector("summary").focus();
      return;
    }
    target.click();
  };

  if (beside.dataset.shortcuts === "on") {
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (typing(event.target)) return;
      const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
      if (!target) return;
      event.preventDefault();
      act(target);
    });
  }

  const just = document.getElementById("just");
  if (just) just.focus({ preventScroll: true });

  // --- A card and its marks light up together ---------------------------------------------------

  const light = (key, on) => {
    const named = CSS.escape(key);
    document.querySelectorAll(`a[data-mark="${named}"] rect`).forEach((mark) => {
      mark.classList.toggle("an-mark--lit", on);
    });
    document.querySelectorAll(`mark[data-mark="${named}"]`).forEach((mark) => {
      mark.classList.toggle("an-stretch--lit", on);
    });
    document.querySelectorAll(`.an-cand[data-card="${named}"]`).forEach((card) => {
      card.classList.toggle("an-cand--lit", on);
    });
  };

  document.querySelectorAll("[data-card], [data-mark]").forEach((one) => {
    const key = one.dataset.card || one.dataset.mark;
    one.addEventListener("pointerenter", () => light(key, true));
    one.addEventListener("pointerleave", () => light(key, false));
    one.addEventListener("focusin", () => light(key, true));
    one.addEventListener("focusout", () => light(key, false));
  });

  // --- Choosing words on the picture ------------------------------------------------------------

  const sheets = new Map();
  document.querySelectorAll('script[type="application/json"]').forEach((holder) => {
    const sheet = JSON.parse(holder.textContent);
    if (sheet && sheet.words) sheets.set(String(sheet.page), sheet);
  });
  const pictures = [...document.querySelectorAll("svg[data-choose]")];
  if (!pictures.length) return;

  const startsWith = document.querySelector('[name="starts_with"]');
  const endsWith = document.querySelector('[name="ends_with"]');
  const boxes = [...document.querySelectorAll('input[name="lines"]')];
  const order = boxes.map((box) => box.value);

  // A word is [start, end, left, top, right, bottom]; its line is the rectangle that holds it.
  const lineOf = (picture, word) => {
    const middle = (word[3] + word[5]) / 2;
    return [...picture.querySelectorAll("[data-line]")].find((line) => {
      const [x, y, width, height] = ["x", "y", "width", "height"].map((a) => Number(line.getAttribute(a)));
      return middle >= y && middle <= y + height && word[2] >= x - 1 && word[4] <= x + width + 1;
    });
  };

  const wordAt = (event) => {
    const picture = event.target.closest && event.target.closest("svg[data-choose]");
    const under = picture || document.elementFromPoint(event.clientX, event.clientY)?.closest("svg[data-choose]");
    if (!under) return null;
    const sheet = sheets.get(under.dataset.choose);
    const matrix = under.getScreenCTM();
    if (!sheet || !matrix || !sheet.words.length) return null;
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    const away = ([, , left, top, right, bottom]) => {
      const dx = Math.max(left - point.x, 0, point.x - right);
      const dy = Math.max(top - point.y, 0, point.y - bottom);
      return dx * dx + 9 * dy * dy;
    };
    let nearest = 0;
    sheet.words.forEach((word, at) => {
      if (away(word) < away(sheet.words[nearest])) nearest = at;
    });
    return { picture: under, sheet, page: sheet.page, at: nearest };
  };

  const inOrder = (a, b) => (a.page < b.page || (a.page === b.page && a.at <= b.at) ? [a, b] : [b, a]);

  const chosenOn = (picture, first, last) => {
    const sheet = sheets.get(picture.dataset.choose);
    if (!sheet || sheet.page < first.page || sheet.page > last.page) return [];
    const from = sheet.page === first.page ? first.at : 0;
    const to = sheet.page === last.page ? last.at : sheet.words.length - 1;
    return sheet.words.slice(from, to + 1);
  };

  const draw = (first, last) => {
    pictures.forEach((picture) => {
      picture.querySelectorAll(".an-chosen").forEach((old) => old.remove());
      picture.querySelectorAll(".an-line--chosen").forEach((line) => line.classList.remove("an-line--chosen"));
      chosenOn(picture, first, last).forEach((word) => {
        const mark = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        mark.setAttribute("class", "an-chosen");
        mark.setAttribute("x", word[2] - 1.5);
        mark.setAttribute("y", word[3] - 1);
        mark.setAttribute("width", word[4] - word[2] + 4);
        mark.setAttribute("height", word[5] - word[3] + 2);
        picture.append(mark);
      });
    });
  };

  // The words from the chosen one to the edge of its line; nothing where it is the line's own edge.
  const edge = (at, which) => {
    const line = lineOf(at.picture, at.sheet.words[at.at]);
    if (!line) return "";
    const mates = at.sheet.words.filter((word) => lineOf(at.picture, word) === line);
    const here = mates.indexOf(at.sheet.words[at.at]);
    const text = (word) => at.sheet.text.slice(word[0], word[1]);
    if (which === "first") {
      return here > 0 ? mates.slice(here, here + 5).map(text).join(" ") : "";
    }
    return here < mates.length - 1 ? mates.slice(Math.max(0, here - 4), here + 1).map(text).join(" ") : "";
  };

  const fill = (first, last) => {
    const keys = new Set();
    pictures.forEach((picture) => {
      chosenOn(picture, first, last).forEach((word) => {
        const line = lineOf(picture, word);
        if (line) keys.add(line.dataset.line);
      });
    });
    boxes.forEach((box) => {
      box.checked = keys.has(box.value);
    });
    startsWith.value = edge(first, "first");
    endsWith.value = edge(last, "last");
  };

  let anchor = null;
  let focus = null;
  pictures.forEach((picture) => {
    picture.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.pointerType === "touch") return;
      anchor = focus = wordAt(event);
      if (anchor) draw(anchor, anchor);
      event.preventDefault();
    });
    // A finger scrolls the page: it presses on the first word, then on the last.
    picture.addEventListener("click", (event) => {
      if (event.pointerType !== "touch") return;
      const at = wordAt(event);
      if (!at) return;
      const [first, last] = anchor ? inOrder(anchor, at) : [at, at];
      anchor = anchor ? null : at;
      draw(first, last);
      fill(first, last);
    });
  });
  document.addEventListener("pointermove", (event) => {
    if (!anchor || event.pointerType === "touch") return;
    focus = wordAt(event) || focus;
    draw(...inOrder(anchor, focus));
  });
  document.addEventListener("pointerup", (event) => {
    if (!anchor || event.pointerType === "touch") return;
    fill(...inOrder(anchor, focus));
    anchor = focus = null;
  });

  // Ticked lines show on the picture; with Shift, all lines between two ticks.
  const show = () => {
    const ticked = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    pictures.forEach((picture) => {
      picture.querySelectorAll(".an-chosen").forEach((old) => old.remove());
      picture.querySelectorAll("[data-line]").forEach((line) => {
        line.classList.toggle("an-line--chosen", ticked.has(line.dataset.line));
      });
    });
  };
  let before = null;
  boxes.forEach((box) => {
    box.addEventListener("click", (event) => {
      const at = order.indexOf(box.value);
      if (event.shiftKey && before !== null) {
        const [low, high] = [Math.min(at, before), Math.max(at, before)];
        boxes.slice(low, high + 1).forEach((one) => {
          one.checked = box.checked;
        });
      }
      before = at;
      show();
    });
  });
  show();
})();
