# `make` alone prints what there is. `make run` and `make test` do all set-up by themselves.
.DEFAULT_GOAL := help
.PHONY: help run test build bench format lint check clean

SOURCES := Package.swift Sources Tests Benchmarks
DATA ?= data
DEMO ?= kitchens
LISTEN ?= 127.0.0.1:8080
# Where set-up says where OpenVINO's headers are.
export PKG_CONFIG_PATH := $(CURDIR)/.build/openvino/pkgconfig:$(PKG_CONFIG_PATH)

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Set up, build, and start with three simulated kitchens (DEMO=county: a county's year; LISTEN=host:port DATA=folder)
	@Scripts/set-up build
	swift build -c release --product mingchu
	@exec .build/release/mingchu serve --demo "$(DEMO)" --data "$(DATA)" --listen "$(LISTEN)"

test: ## Set up, and run all tests: Swift's and the browser's
	@Scripts/set-up test
	@Scripts/test

build: ## Set up, and build the program for use: .build/release/mingchu
	@Scripts/set-up build
	swift build -c release --product mingchu

bench: ## Measure against peers (ONLY=recording|fanout|idle|busy|motion|gate|…, QUICK=1)
	@Scripts/set-up bench
	swift build -c release --product mingchu
	swift build -c release --product Benchmarks
	@.build/release/Benchmarks $(if $(ONLY),--only $(ONLY)) $(if $(QUICK),--quick)

format: ## Format all Swift code
	swift format -i -r $(SOURCES)

lint: ## Check the format of all Swift code
	swift format lint -r --strict $(SOURCES)

check: lint test ## What CI runs: format check and all tests

clean: ## Remove what was built (not the data)
	rm -rf .build
