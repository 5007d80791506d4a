# shellcheck shell=bash
# The files of an image that jib has built. Sourced; the caller has die.

# unpack_image ARCHIVE FOLDER: all its layers, with their times; the folder is made anew.
unpack_image() {
  local layers=$2.layers layer
  rm -rf "$layers" "$2"
  mkdir -p "$layers" "$2"
  tar -xf "$1" -C "$layers"
  # Jib's headers have a keyword that GNU tar remarks on for each file.
  for layer in "$layers"/*.tar.gz; do
    tar -xzf "$layer" -C "$2" 2>"$layers/said" || { cat "$layers/said" >&2 && die "$layer cannot be unpacked (above: why)"; }
  done
  rm -rf "$layers"
}
