/** Starts the console. */
import { render } from "preact";
import { Account } from "./account";
import { App } from "./App";

const account = new Account();
render(<App account={account} />, document.getElementById("console") ?? document.body);
void account.look();
