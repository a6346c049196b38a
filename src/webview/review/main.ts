import type { ReviewProtocol } from "../../studio/protocol.ts";
import "../shared/base.css";
import "../shared/stage.css";
import { WebviewIpc } from "../shared/ipc.ts";
import "./review.css";
import "./sheet.ts";
import type { Review } from "./sheet.ts";

document.querySelector<Review>("easel-review")?.connect(new WebviewIpc<ReviewProtocol>());
