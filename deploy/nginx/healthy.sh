#!/bin/bash
# Health check of the container, which has no curl: whether nginx answers, asked by bash itself.
set -eu
exec 3<>"/dev/tcp/${KTAV_ADDRESS:-127.0.0.1}/${PORT:-8080}"
printf 'GET /healthz HTTP/1.0\r\n\r\n' >&3
read -r -t 3 answer <&3
case $answer in *' 200 '*) ;; *) exit 1 ;; esac
