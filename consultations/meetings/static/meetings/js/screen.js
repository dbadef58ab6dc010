// The room's big screen: no control; the sitting's regions, made as large as the screen allows.

import { fit } from "../../live/js/fit.js";
import "./sitting.js";

const root = document.querySelector("[data-sitting]");
const body = root.querySelector("[data-fit]");
const draw = () => fit(body);

root.addEventListener("sitting:drawn", draw);
addEventListener("resize", draw);
document.fonts?.ready.then(draw);
draw();
