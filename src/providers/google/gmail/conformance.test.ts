import { describe, it } from "vitest";
import { gmailWorld } from "../../../../test/support/gmail-world.js";
import { emailConformance } from "../../../testing/index.js";
import { gmail } from "./provider.js";

emailConformance({ describe, it }, { provider: gmail, createWorld: gmailWorld });
