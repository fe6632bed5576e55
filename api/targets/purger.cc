#include "api/targets/purger.h"

#include <algorithm>

#include "api/http/url.h"
#include "storage/base/utf8.h"
#include "storage/outbound/http_url.h"

namespace stet::targets {
namespace {

constexpr std::string_view kMethods[] = {"POST", "PUT", "DELETE", "PURGE", "GET"};
constexpr std::string_view kOfOne[] = {"url", "url:encoded", "host", "path"};

// {"a", "b"} as JSON's elements; what is sent are URLs, which are ASCII already.
std::string json_elements(const std::vector<std::string>& urls) {
  std::string elements;
  for (const std::string& url : urls) {
    elements += elements.empty() ? "\"" : ", \"";
    for (char c : url) {
      if (c == '"' || c == '\\') elements += '\\';
      elements += c;
    }
    elements += '"';
  }
  return elements;
}

std::string value_of(std::string_view name, const std::vector<std::string>& urls) {
  if (name == "urls") return json_elements(urls);
  const std::string& url = urls.front();
  if (name == "url") return url;
  if (name == "url:encoded") return http::percent_encode(url);
  const std::size_t scheme = url.find("://");
  const std::size_t host = scheme == url.npos ? 0 : scheme + 3;
  const std::size_t path = std::min(url.find('/', host), url.size());
  return name == "host" ? url.substr(host, path - host) : url.substr(path);
}

bool is_placeholder(std::string_view name) {
  return name == "urls" ||
         std::find(std::begin(kOfOne), std::end(kOfOne), name) != std::end(kOfOne);
}

// Braces around anything else are the text's own: JSON is full of them.
std::string filled(std::string_view text, const std::vector<std::string>& urls) {
  std::string result;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    result.append(text.substr(0, open));
    text.remove_prefix(open);
    if (text.empty()) break;
    const std::size_t close = text.find('}');
    const std::string_view name = close == text.npos ? "" : text.substr(1, close - 1);
    if (is_placeholder(name)) {
      result += value_of(name, urls);
      text.remove_prefix(close + 1);
    } else {
      result += '{';
      text.remove_prefix(1);
    }
  }
  return result;
}

bool has_one_of_one(std::string_view text) {
  return std::any_of(std::begin(kOfOne), std::end(kOfOne), [&](std::string_view name) {
    return text.find("{" + std::string(name) + "}") != text.npos;
  });
}

bool is_header(const std::pair<std::string, std::string>& header) {
  return !header.first.empty() && header.first.find_first_of(" :\r\n\t") == std::string::npos &&
         header.second.find_first_of("\r\n") == std::string::npos;
}

// An address as the site's pages have them. What its content says of its own address is not ours
// to trust: headers may hold a secret, and ".." leads to other calls of the cache's API.
bool is_of_page(std::string_view url) {
  constexpr std::string_view kNever = "\"\\<>^`{|}?#";
  const bool is_plain = std::all_of(url.begin(), url.end(), [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > ' ' && byte != 0x7f && kNever.find(c) == kNever.npos;
  });
  const auto decoded = http::percent_decode(url);
  if (!is_plain || !decoded) return false;
  const std::string path = "/" + *decoded + "/";
  return path.find("/../") == path.npos && path.find("/./") == path.npos;
}

// The machine that is called is the settings' to name, not the site's.
bool names_a_machine(const std::string& url, const storage::AddressFilter& filter) {
  auto one = storage::HttpUrl::parse(filled(url, {"https://one.example/"}), filter);
  auto other = storage::HttpUrl::parse(filled(url, {"https://two.example/"}), filter);
  return one && other && one->host == other->host && one->port == other->port;
}

// What is answered alike however often one asks; 401 and 403 end with a better secret.
bool is_for_good(int status) {
  constexpr int kForNow[] = {401, 403, 407, 408, 425, 429};
  return status >= 400 && status < 500 &&
         std::find(std::begin(kForNow), std::end(kForNow), status) == std::end(kForNow);
}

}  // namespace

Result<std::unique_ptr<Purger>> Purger::open(PurgeSettings settings,
                                             storage::AddressFilter filter,
                                             std::string agent) {
  if (std::find(std::begin(kMethods), std::end(kMethods), settings.method) == std::end(kMethods)) {
    return invalid_input("purge_method is POST, PUT, DELETE, PURGE or GET, not '" +
                         printable(settings.method, 20) + "'");
  }
  if (settings.batch < 1 || settings.batch > kBatchMax) {
    return invalid_input("purge_batch is a number from 1 to " + std::to_string(kBatchMax));
  }
  if (!std::all_of(settings.headers.begin(), settings.headers.end(), is_header)) {
    return invalid_input("purge_headers are lines such as \"Content-Type: application/json\"");
  }
  bool is_of_one = has_one_of_one(settings.url) || has_one_of_one(settings.body);
  for (const auto& header : settings.headers) is_of_one |= has_one_of_one(header.second);
  if (is_of_one && settings.batch > 1) {
    return invalid_input(
        "purge_batch is 1 where {url}, {host} or {path} stand for one; {urls} are "
        "many");
  }
  auto url = storage::HttpUrl::parse(filled(settings.url, {"https://example.org/"}), filter);
  if (!url) return std::move(url).error().within("purge_url");
  if (!names_a_machine(settings.url, filter)) {
    return invalid_input(
        "purge_url itself names the machine that is called; {url} and {host} may stand after that, "
        "in headers and in the body");
  }
  return std::unique_ptr<Purger>(
      new Purger(std::move(settings), std::move(filter), std::move(agent)));
}

Status Purger::purge(const std::vector<std::string>& urls) {
  for (const std::string& url : urls) {
    if (is_of_page(url)) continue;
    return invalid_input("purge: '" + printable(url, 200) +
                         "' is no address of a page; look at url and baseurl of the site");
  }
  storage::HttpCall call{.url = filled(settings_.url, urls),
                         .headers = {},
                         .body = filled(settings_.body, urls),
                         .method = settings_.method};
  for (const auto& [name, value] : settings_.headers) {
    call.headers.emplace_back(name, filled(value, urls));
  }
  auto answer = storage::fetch(filter_, {}, agent_, std::move(call));
  if (!answer) return std::move(answer).error().within("purge");
  if (answer->status >= 200 && answer->status < 300) return {};
  const std::string said = "purge: the cache answered " + std::to_string(answer->status);
  if (!is_for_good(answer->status)) return unavailable(said);
  return forbidden(said + " to '" + printable(urls.front(), 200) + "'" +
                   (urls.size() > 1 ? " and more" : ""));
}

}  // namespace stet::targets
