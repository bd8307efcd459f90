#!/bin/sh
# Starts nginx.conf as the environment says. Writes only into $KTAV_ROOT/run, so all else may be read-only.
#
#   PORT           where to listen; 8080 where it is not set (Heroku and its like set it)
#   KTAV_ADDRESS   the one IPv4 address to listen on, "127.0.0.1" behind a proxy on the same machine; else on all
#   KTAV_CONNECT   other origins that the page may talk to, with spaces between: "https://models.example.org"
#   KTAV_PROXIES   addresses of load balancers whose X-Forwarded-For is believed: "10.0.0.0/8 192.168.0.0/16"
#   KTAV_ROOT      the folder with site/, inbox/ and run/; /srv/ktav where it is not set
# -f: a star in the environment is a star, not the names of files.
set -euf
conf=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=${KTAV_ROOT:-/srv/ktav}
port=${PORT:-8080}
address=${KTAV_ADDRESS:-}

refuse() {
  echo "start.sh: $1" >&2
  exit 64
}

# All of it ends up in a configuration, so nothing goes in that could be more than a number or a name.
case $port in *[!0-9]* | '') refuse "PORT is \"$port\", which is no number" ;; esac
case $address in *[!0-9.]*) refuse "KTAV_ADDRESS is \"$address\", which is no IPv4 address" ;; esac

connect=
for origin in ${KTAV_CONNECT:-}; do
  case $origin in
  *[!a-zA-Z0-9.:/-]* | *://*/* | http*://) refuse "KTAV_CONNECT has \"$origin\", which is no origin" ;;
  http://* | https://*) connect="$connect $origin" ;;
  *) refuse "KTAV_CONNECT has \"$origin\", which is no origin such as https://models.example.org" ;;
  esac
done

mkdir -p "$root/run/conf"
cp "$conf/headers.conf" "$conf/types.conf" "$root/run/conf/"
sed -e "s|listen 8080;|listen ${address:+$address:}$port;|" -e "s|default \"\";|default \"$connect\";|" "$conf/nginx.conf" >"$root/run/conf/nginx.conf"
{
  for proxy in ${KTAV_PROXIES:-}; do
    case $proxy in *[!0-9a-fA-F.:/]*) refuse "KTAV_PROXIES has \"$proxy\", which is no address" ;; esac
    echo "set_real_ip_from $proxy;"
  done
  if [ -n "${KTAV_PROXIES:-}" ]; then
    echo 'real_ip_header X-Forwarded-For;'
    echo 'real_ip_recursive on;'
  fi
} >"$root/run/conf/proxies.conf"

exec /usr/sbin/nginx -e stderr -p "$root" -c "$root/run/conf/nginx.conf" -g 'daemon off;'
