import type { StudioProtocol } from "../../studio/studioProtocol.ts";
import "../shared/base.css";
import "../shared/stage.css";
import "../review/review.css";
import { WebviewIpc } from "../shared/ipc.ts";
import "./controls.css";
import "./layout.css";
import "./compose/compose.css";
import "./running/running.css";
import "./gallery/gallery.css";
import "./grid/grid.css";
import "./detail/detail.css";
import "./setup/setup.css";
import type { Studio } from "./studio.ts";
import "./studio.ts";

const wire = new WebviewIpc<StudioProtocol>();
document.querySelector<Studio>("easel-studio")?.connect(wire);
wire.hearGreeting();
