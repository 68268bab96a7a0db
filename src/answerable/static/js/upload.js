// Sends files one after another, each with its own bar and its own answer.
// Without scripts the form sends them all at once, and every file is answered on the next page.
const form = document.querySelector("form[data-upload]");

const add = (parent, tag, className = "", text = "") => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  parent.append(made);
  return made;
};

const lineOf = (list, file) => {
  const item = add(list, "li");
  const when = add(item, "span", "when", "waits");
  const what = add(item, "span");
  const name = add(what, "b", "", file.name);
  const why = add(what, "span", "why");
  const bar = add(why, "progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", `Sending ${file.name}`);
  add(item, "span");
  return { when, name, why, bar, file };
};

const answered = (line, outcome) => {
  line.when.textContent = outcome.received ? "received" : "not taken";
  line.why.textContent = outcome.sentence;
  if (outcome.href) {
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = outcome.href;
    link.textContent = line.file.name;
    line.name.replaceWith(link);
  }
  return outcome.received;
};

const NOT_SENT = "It could not be sent. Check that you are still signed in and connected, then try again.";

const send = (line) =>
  new Promise((done) => {
    const data = new FormData(form);
    data.delete("uploads");
    data.append("uploads", line.file);
    const request = new XMLHttpRequest();
    const fail = () => done(answered(line, { received: false, sentence: NOT_SENT }));
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      line.when.textContent = event.loaded === event.total ? "being looked at" : "being sent";
      if (event.lengthComputable) line.bar.value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("load", () => {
      try {
        done(answered(line, JSON.parse(request.responseText).outcomes[0]));
      } catch {
        fail();
      }
    });
    request.addEventListener("error", fail);
    request.addEventListener("abort", fail);
    request.send(data);
  });

const stay = (event) => event.preventDefault();

const sendAll = async (files) => {
  const box = document.createElement("div");
  box.className = "an-outcomes";
  const heading = add(box, "h2", "govuk-heading-m", "Sending");
  const said = add(box, "p", "govuk-body", "Stay on this page until every file is sent.");
  said.setAttribute("role", "status");
  const list = add(box, "ul", "an-next");
  form.hidden = true;
  form.before(box);
  window.addEventListener("beforeunload", stay);
  const lines = files.map((file) => lineOf(list, file));
  let taken = 0;
  for (const line of lines) taken += (await send(line)) ? 1 : 0;
  window.removeEventListener("beforeunload", stay);
  heading.textContent = "What came of each file";
  said.textContent =
    taken === lines.length
      ? "All are received, and are being read. You need not wait."
      : `${taken} of ${lines.length} received.`;
  const buttons = add(box, "div", "an-buttons");
  const back = add(buttons, "a", "govuk-button", "Go to the report");
  back.href = form.dataset.upload;
  const more = add(buttons, "a", "govuk-link govuk-body", "Add other files");
  more.href = window.location.href;
};

if (form && window.FormData && window.XMLHttpRequest) {
  form.addEventListener("submit", (event) => {
    const files = [...form.querySelector("input[type=file]").files];
    if (!files.length) return; // the server says what is missing
    event.preventDefault();
    sendAll(files);
  });
}
