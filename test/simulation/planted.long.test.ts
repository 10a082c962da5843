import { findsBugs } from "./finds.ts";
import { plantedBugs } from "./planted.ts";

findsBugs(plantedBugs);
