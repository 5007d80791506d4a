# shellcheck shell=bash
# Container images that hold one static program, made without a registry or a builder. Sourced, after machine.sh.

# static_image FILE IMAGE PROGRAM [ARGUMENT...]: an archive as docker save writes it; the program stands at /<its name>.
# With COMMANDS set, /bin has a link of each of these names to the program.
static_image() (
  file=$1 image=$2 program=$3
  shift 3
  work=$(mktemp -d "$file.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  base=${program##*/}
  mkdir -p "$work/root/bin" "$work/root/tmp" "$work/root/etc"
  chmod 1777 "$work/root/tmp"
  printf 'root:x:0:0:root:/:/bin/sh\nnonroot:x:65532:65532:nonroot:/:/bin/sh\n' >"$work/root/etc/passwd"
  install -m 755 "$program" "$work/root/$base"
  for command in ${COMMANDS:-}; do ln -s "/$base" "$work/root/bin/$command"; done
  tar -C "$work/root" --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -cf "$work/layer.tar" .
  entry=$(printf ',"%s"' "/$base" "$@")
  printf '{"architecture":"%s","os":"linux","config":{"Env":["PATH=/bin"],"%s":[%s]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$(architecture)" "${ENTRY:-Entrypoint}" "${entry#,}" "$(sha256sum <"$work/layer.tar" | cut -d ' ' -f 1)" >"$work/config.json"
  printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$image" >"$work/manifest.json"
  tar -C "$work" -cf "$work/image.tar" manifest.json config.json layer.tar
  mv "$work/image.tar" "$file"
)
