// Starts the GOV.UK components that our pages use. Every page works without it.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  ExitThisPage,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
  createAll,
  isSupported,
} from "govuk-frontend";

const components = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  ExitThisPage,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
];

if (isSupported()) {
  components.forEach((component) => createAll(component));
}

// On a phone what narrows a list would push the list off the screen: fold it, the count of what is chosen stays.
if (window.matchMedia("(max-width: 56.25em)").matches) {
  document.querySelectorAll(".an-fold").forEach((fold) => fold.removeAttribute("open"));
}
