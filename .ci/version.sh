#!/bin/sh
# The version of something, by the name of its property in the parent pom: version.sh kafka
sed -n "s:.*<$1\.version>\(.*\)</$1\.version>.*:\1:p" "$(dirname "$0")/../pom.xml"
