import "../shared/base.css";
import "./review.css";
import "./sheet.ts";
