import "../shared/base.css";
import "../regions/regions.css";
import "./mask.css";
import "./painter.ts";
