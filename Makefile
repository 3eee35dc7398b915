# Baton's commands. What they do is written in deploy/; `make` alone lists them.
PYTHON ?= python3
.DEFAULT_GOAL := help
.PHONY: help run setup train test check format benchmark evaluate benchmark-hint3 check-examples simulate simulate-day lock reset clean

help: ## List these commands.
	@sed -n 's/^\([a-z0-9-]*\): .*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

run: ## Set up what is missing and start everything; Ctrl-C stops it.
	@$(PYTHON) -m deploy.run

setup: ## Make both environments, the web pages, the encoder and the model, and start nothing.
	@$(PYTHON) -m deploy.setup

train: ## Train the bot's model if what it's made from has changed.
	@$(PYTHON) -m deploy.setup

test: ## Set up what is missing and run all tests, in both Pythons and in a browser.
	@$(PYTHON) -m deploy.verify test

check: ## Check formatting, style and types, as the tests of each change do.
	@$(PYTHON) -m deploy.verify check

format: ## Format the Python code.
	@$(PYTHON) -m deploy.verify format

benchmark: ## Measure answers of the bot, messages and claims per second on this machine.
	@$(PYTHON) -m deploy.verify benchmark

evaluate: ## Write what the bot makes of a file of texts: DATA=texts.jsonl OUT=answers.jsonl.
	@$(PYTHON) -m deploy.measure evaluate "$(DATA)" "$(OUT)"

benchmark-hint3: ## Measure the classifier on the HINT3 files beside published platforms: DATA=folder.
	@$(PYTHON) -m deploy.measure benchmark-hint3 "$(DATA)"

check-examples: ## Refuse training examples that are nearly a text in .jsonl or .csv files: DATA=folder.
	@$(PYTHON) -m deploy.measure check-examples "$(DATA)"

simulate: ## Let the customers of written conversations talk to the running bot: DATA=dialogs.jsonl.
	@$(PYTHON) -m deploy.measure simulate "$(DATA)"

simulate-day: ## Live through a day of 500 reps and 20,000 chats in a few minutes, beside first-come routing.
	@$(PYTHON) -m deploy.measure simulate-day

lock: ## Choose the packages' versions anew, within requirements/*.in.
	@$(PYTHON) -m deploy.lock

reset: ## Forget all conversations and orders of the demo; the next start makes new ones.
	@$(PYTHON) -m deploy.tidy reset

clean: ## Remove all that was made: environments, pages, model, data.
	@$(PYTHON) -m deploy.tidy clean
