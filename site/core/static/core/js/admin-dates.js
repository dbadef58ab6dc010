/* Wagtail's calendars write this very minute over a date they cannot read: a page meant for later would go live
   at once. Left as typed, the server refuses it and says why. */

window.jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
