// Moves the bars of documents that are being read, and shows the page anew when one is done.
// Without scripts the page loads itself again every few seconds.
const EVERY = 1500;

const draw = (place, now) => {
  const bar = place.querySelector("progress");
  if (now.of && now.state === "reading") {
    bar.max = now.of;
    bar.value = now.done;
  } else {
    bar.removeAttribute("value");
  }
  place.querySelector("[data-words]").textContent = now.words;
};

const look = async (place) => {
  try {
    const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const now = await answer.json();
    if (now.state !== "waiting" && now.state !== "reading") {
      window.location.reload();
      return;
    }
    draw(place, now);
  } catch {
    // The network was away for a moment: the next look may do.
  }
  window.setTimeout(() => look(place), document.hidden ? EVERY * 8 : EVERY);
};

document.querySelectorAll("[data-progress]").forEach((place) => window.setTimeout(() => look(place), EVERY));
