import "../shared/base.css";
import "./regions.css";
import "./picker.ts";
