// Around the sign-in library's passkey script: offers the button only where a passkey can work, and says in words what went wrong.
(() => {
  const offers = document.querySelectorAll("[data-passkey]");
  const told = document.getElementById("passkey-told");
  const tell = (sentence) => {
    if (told) {
      told.textContent = sentence;
      told.hidden = false;
    }
  };
  if (/^[\d.]+$|^\[/.test(location.hostname)) {
    tell("Passkeys need an address with a name. On this machine, open the site as “localhost”.");
    return;
  }
  if (!window.isSecureContext || !window.PublicKeyCredential) {
    tell("Passkeys do not work in this browser, or not at this address.");
    return;
  }
  offers.forEach((offer) => {
    offer.hidden = false;
  });
  const SAID = {
    InvalidStateError: "This device already keeps a passkey for you here.",
    NotAllowedError: "No passkey was used. Try again, or choose another way.",
  };
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    tell(SAID[event.detail.exception?.name] || "That did not work. Try again, or choose another way.");
  });
})();
