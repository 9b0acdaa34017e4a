#!/usr/bin/env bash
# Builds stand-ins for the official images that Weir's image and its tests use, under the official names, out of Debian's packages,
# this machine's JDK 25 and Maven Central. For machines that reach no image registry; only ever in an engine of their own.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$here/target
kafka=$("$here/../version.sh" kafka)
apicurio=$("$here/../version.sh" apicurio)
jdk=$("$here/../../weir" --jdk)

# What bash, the JRE and Weir's native libraries need of a system.
packages=(base-files bash coreutils dash grep sed tzdata libc6 libc-bin libstdc++6 libgcc-s1 gcc-12-base zlib1g libtinfo6
  libselinux1 libpcre2-8-0 libacl1 libattr1 libgmp10)

# The java.* modules and what a JRE has beside them, as Temurin's.
modules=java.se,jdk.incubator.vector,jdk.charsets,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.httpserver,jdk.jfr,jdk.localedata,jdk.management
modules+=,jdk.management.agent,jdk.management.jfr,jdk.naming.dns,jdk.net,jdk.nio.mapmode,jdk.security.auth,jdk.security.jgss
modules+=,jdk.unsupported,jdk.zipfs

rm -rf "$target"
mkdir -p "$target"/{jre/root,kafka,apicurio,debian}
cp -r "$here"/{jre,kafka,apicurio} "$target/"

mvn -B -q -f "$here/pom.xml" package &
jars=$!

cd "$target/debian"
apt-get download -qq "${packages[@]}" 2>/dev/null || {
  apt-get update -qq
  apt-get download -qq "${packages[@]}"
}
for package in "$target"/debian/*.deb; do
  dpkg-deb --extract "$package" "$target/jre/root"
done
rm -rf "$target"/jre/root/usr/share/{doc,man,locale,i18n,info,lintian}
mkdir -p "$target"/jre/root/{tmp,root,opt}
chmod 1777 "$target/jre/root/tmp"
printf 'root:x:0:0:root:/root:/bin/bash\n' >"$target/jre/root/etc/passwd"
printf 'root:x:0:\n' >"$target/jre/root/etc/group"
printf 'hosts: files dns\n' >"$target/jre/root/etc/nsswitch.conf"
"$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --generate-cds-archive \
  --output "$target/jre/jre" >/dev/null
docker build -q -t eclipse-temurin:25-jre "$target/jre"

wait "$jars"
docker build -q -t "apache/kafka:$kafka" "$target/kafka"
docker build -q -t "apicurio/apicurio-registry:$apicurio" "$target/apicurio"
rm -rf "$target"
