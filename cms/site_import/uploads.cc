#include "cms/site_import/uploads.h"

#include <algorithm>
#include <set>

#include "cms/site_import/site_name.h"

namespace stet::site_import {
namespace {

constexpr std::string_view kFolder = "/wp-content/uploads/";
constexpr std::size_t kAddressBytesMax = 1000;

// "https://h/wp-content/uploads/a.jpg" of the same with "?w=300" behind it.
std::string_view without_query(std::string_view address) {
  return address.substr(0, address.find_first_of("?#"));
}

// "x.jpg" of "x-300x200.jpg"; the same where it is no such name.
std::string whole_picture(std::string_view address) {
  std::size_t dot = address.rfind('.');
  std::size_t hyphen = dot == address.npos ? dot : address.rfind('-', dot);
  if (hyphen == address.npos) return std::string(address);
  std::string_view size = address.substr(hyphen + 1, dot - hyphen - 1);
  std::size_t by = size.find('x');
  auto is_number = [](std::string_view text) {
    return !text.empty() && text.size() <= 5 && text.find_first_not_of("0123456789") == text.npos;
  };
  if (by == size.npos || !is_number(size.substr(0, by)) || !is_number(size.substr(by + 1))) {
    return std::string(address);
  }
  return std::string(address.substr(0, hyphen)) + std::string(address.substr(dot));
}

// What is left of the slashes of an address parts its folders.
Upload upload_at(std::string_view address, Place place) {
  Upload upload{place, std::string(address), "", ""};
  std::string key = address_key(address);
  std::size_t slash = key.rfind('/');
  upload.file_name = key.substr(slash + 1);
  std::size_t below = key.find(kFolder);
  if (below == key.npos) return upload;
  below += kFolder.size();
  if (slash > below) upload.folder = key.substr(below, slash - below);
  bool is_plain = upload.folder.find_first_not_of("0123456789/") == std::string::npos &&
                  upload.folder.size() <= 20;
  if (!is_plain) upload.folder.clear();
  return upload;
}

// An address of an upload of the site as a text has it, and in full.
struct Found {
  std::size_t begin = 0, end = 0;
  std::string address;
};

bool is_http(std::string_view address) {
  return address.starts_with("http://") || address.starts_with("https://");
}

// In full ("https://h/wp-content/uploads/x"), without the scheme, or without the host.
class UploadFinder {
 public:
  UploadFinder(std::string_view text, const WxrExport& site)
      : text_(text), host_(host_name(site.address)) {
    scheme_ = site.address.starts_with("http://") ? "http:" : "https:";
    std::size_t at = site.address.find("://");
    std::string_view rest =
        std::string_view(site.address).substr(at == std::string::npos ? 0 : at + 3);
    origin_ = scheme_ + "//" + std::string(rest.substr(0, rest.find('/')));
  }

  bool next(Found& found) {
    while (!host_.empty()) {
      std::size_t seen = at_, folder = text_.find(kFolder, at_);
      if (folder == text_.npos) return false;
      at_ = folder + kFolder.size();
      found.begin = begin_of_address(seen, folder);
      if (found.begin == text_.npos) continue;
      found.end = end_of_address(at_);
      std::string_view own = text_.substr(found.begin, found.end - found.begin);
      if (found.end == at_ || own.size() > kAddressBytesMax) continue;
      found.address = in_full(own);
      if (host_name(found.address) != host_) continue;
      at_ = found.end;
      return true;
    }
    return false;
  }

 private:
  static bool is_boundary(char c) {
    return std::string_view("\"'<> \t\r\n(),;[]{}|\\").find(c) != std::string_view::npos;
  }

  // Of the one whose folder begins at `folder`; npos: it is a part of another. Nothing before
  // `seen` belongs to it.
  std::size_t begin_of_address(std::size_t seen, std::size_t folder) const {
    std::size_t from = std::max(seen, folder > kAddressBytesMax ? folder - kAddressBytesMax : 0);
    std::size_t word = folder;
    while (word > from &&
           std::string_view("\"'<> \t\r\n").find(text_[word - 1]) == std::string_view::npos) {
      --word;
    }
    std::size_t scheme = text_.substr(word, folder - word).rfind("http");
    if (scheme != text_.npos && is_http(text_.substr(word + scheme))) return word + scheme;
    std::size_t begin = folder;
    while (begin > word && !is_boundary(text_[begin - 1])) --begin;
    begin = behind_attribute(begin, folder);
    bool is_begin = begin == 0 || is_boundary(text_[begin - 1]) || text_[begin - 1] == '=';
    return is_begin && text_[begin] == '/' ? begin : text_.npos;
  }

  // Of `src=/wp-content`, behind the "=".
  std::size_t behind_attribute(std::size_t begin, std::size_t folder) const {
    std::size_t at = begin;
    while (at < folder && (is_letter(text_[at]) || text_[at] == '-' || text_[at] == ':')) ++at;
    return at > begin && text_[at] == '=' ? at + 1 : begin;
  }

  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  std::string in_full(std::string_view address) const {
    if (is_http(address)) return std::string(address);
    return (address.starts_with("//") ? scheme_ : origin_) + std::string(address);
  }

  // Of an attribute's value or a word; what is behind a "?" may have more "&".
  std::size_t end_of_address(std::size_t from) const {
    std::string_view rest = text_.substr(from, kAddressBytesMax);
    std::size_t end = std::min(rest.find_first_of("\"'<> \t\r\n(),[]{}|\\"), rest.size());
    std::size_t query = rest.find('?'), entity = rest.find('&');
    return from + (entity < query ? std::min(end, entity) : end);
  }

  std::string_view text_;
  std::string host_, scheme_, origin_;
  std::size_t at_ = 0;
};

// By their keys (site_name.h).
using Addresses = std::set<std::string, std::less<>>;

Addresses attachments_of(const WxrExport& site) {
  Addresses addresses;
  for (const WxrItem& item : site.items) {
    if (!item.attachment.empty()) addresses.insert(address_key(item.attachment));
  }
  return addresses;
}

// The upload that an address in a text shows: itself, where it is one, or what it is smaller than.
std::string shown_upload(std::string_view address, const Addresses& attachments) {
  std::string own(without_query(address));
  if (attachments.contains(address_key(own))) return own;
  return whole_picture(own);
}

}  // namespace

Uploads uploads_of(const WxrExport& site) {
  const Addresses attachments = attachments_of(site);
  Uploads uploads;
  Addresses seen;
  auto add = [&](const std::string& address, Place place) {
    if (!is_http(address) || address.size() > kAddressBytesMax || address.ends_with('/')) return;
    if (!seen.insert(address_key(address)).second) return;
    if (uploads.list.size() >= kUploadsMax) {
      ++uploads.untold;
      return;
    }
    uploads.list.push_back(upload_at(address, place));
  };
  for (const WxrItem& item : site.items) {
    if (item.type == "attachment") add(item.attachment, item.place);
  }
  for (const WxrItem& item : site.items) {
    if (item.type != "post" && item.type != "page") continue;
    UploadFinder finder(item.body, site);
    for (Found found; finder.next(found);) {
      add(shown_upload(found.address, attachments), item.body_place);
    }
  }
  return uploads;
}

std::string with_new_addresses(std::string_view html,
                               const WxrExport& site,
                               const NewAddresses& moved) {
  if (moved.empty()) return std::string(html);
  std::string out;
  std::size_t at = 0;
  UploadFinder finder(html, site);
  for (Found found; finder.next(found);) {
    std::string own(without_query(found.address));
    auto target = moved.find(address_key(own));
    if (target == moved.end()) target = moved.find(address_key(whole_picture(own)));
    if (target == moved.end()) continue;
    out += html.substr(at, found.begin - at);
    out += target->second;
    at = found.end;
  }
  out += html.substr(at);
  return out;
}

}  // namespace stet::site_import
