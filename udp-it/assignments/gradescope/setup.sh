#!/bin/sh
# What Gradescope runs once, to build the image.
apt-get update -qq && apt-get install -y -qq --no-install-recommends openjdk-17-jdk-headless
