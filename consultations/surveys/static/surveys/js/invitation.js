// A scanned or followed invitation carries its code after the `#`, which browsers never send: it is put in the field
// and taken out of the address, so that it stays in no history. Without this module the code is typed.

const form = document.querySelector("[data-invitation]");
const code = decodeURIComponent(location.hash.slice(1)).replaceAll("-", " ");

if (form && /^[a-z ]+[0-9]{2}$/.test(code)) {
  form.elements.code.value = code;
  history.replaceState(null, "", location.pathname);
  form.querySelector("button").focus();
}
