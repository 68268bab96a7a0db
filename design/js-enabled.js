// Says, before anything is drawn, that scripts run here. GOV.UK Frontend hides and shows by these two classes.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
