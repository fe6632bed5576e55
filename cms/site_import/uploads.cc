#include "cms/site_import/uploads.h"

#include <algorithm>
#include <set>

#include "cms/schedule_import/markup.h"

namespace stet::site_import {
namespace {

constexpr std::string_view kFolder = "/wp-content/uploads/";
constexpr std::size_t kAddressBytesMax = 1000;

// "example.org/blog" of "https://example.org/blog": http and https are one site.
std::string_view without_scheme(std::string_view address) {
  std::size_t at = address.find("://");
  return at == address.npos ? address : address.substr(at + 3);
}

std::string_view host_of(std::string_view address) {
  std::string_view rest = without_scheme(address);
  return rest.substr(0, rest.find('/'));
}

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

Upload upload_at(std::string_view address, Place place) {
  Upload upload{place, std::string(address), "", ""};
  std::size_t slash = address.rfind('/');
  upload.file_name = std::string(address.substr(slash + 1));
  std::size_t below = address.find(kFolder);
  if (below == address.npos) return upload;
  below += kFolder.size();
  if (slash > below) upload.folder = std::string(address.substr(below, slash - below));
  bool is_plain = upload.folder.find_first_not_of("0123456789/") == std::string::npos &&
                  upload.folder.size() <= 20 && upload.folder.find("//") == std::string::npos;
  if (!is_plain) upload.folder.clear();
  return upload;
}

// An address of an upload of the site as a text has it.
struct Found {
  std::size_t begin = 0, end = 0;
};

class UploadFinder {
 public:
  UploadFinder(std::string_view text, const WxrExport& site)
      : text_(text), host_(host_of(site.address)) {}

  bool next(Found& found) {
    while (true) {
      std::size_t folder = text_.find(kFolder, at_);
      if (folder == text_.npos) return false;
      at_ = folder + kFolder.size();
      std::size_t from = folder > kAddressBytesMax ? folder - kAddressBytesMax : 0;
      std::size_t scheme = text_.substr(from, folder - from).rfind("http");
      if (scheme == text_.npos) continue;
      found.begin = from + scheme;
      found.end = end_of_address(at_);
      std::string_view address = text_.substr(found.begin, found.end - found.begin);
      bool is_one = address.starts_with("http://") || address.starts_with("https://");
      bool is_whole = is_one && found.end > at_ && address.size() <= kAddressBytesMax &&
                      address.find_first_of("\"'<> \t\r\n") == address.npos;
      if (is_whole && !host_.empty() && host_of(address) == host_) {
        at_ = found.end;
        return true;
      }
    }
  }

 private:
  // Of an attribute's value or a word; what is behind a "?" may have more "&".
  std::size_t end_of_address(std::size_t from) const {
    std::string_view rest = text_.substr(from, kAddressBytesMax);
    std::size_t end = std::min(rest.find_first_of("\"'<> \t\r\n(),[]{}|\\"), rest.size());
    std::size_t query = rest.find('?'), entity = rest.find('&');
    return from + (entity < query ? std::min(end, entity) : end);
  }

  std::string_view text_, host_;
  std::size_t at_ = 0;
};

// By what they are without their scheme.
using Addresses = std::set<std::string, std::less<>>;

Addresses attachments_of(const WxrExport& site) {
  Addresses addresses;
  for (const WxrItem& item : site.items) {
    if (!item.attachment.empty()) addresses.emplace(without_scheme(item.attachment));
  }
  return addresses;
}

// The upload that an address in a text shows: itself, where it is one, or what it is smaller than.
std::string shown_upload(std::string_view address, const Addresses& attachments) {
  std::string own(without_query(address));
  if (attachments.contains(without_scheme(own))) return own;
  return whole_picture(own);
}

}  // namespace

Uploads uploads_of(const WxrExport& site) {
  const Addresses attachments = attachments_of(site);
  Uploads uploads;
  Addresses seen;
  auto add = [&](const std::string& address, Place place) {
    bool is_http = address.starts_with("http://") || address.starts_with("https://");
    if (!is_http || address.size() > kAddressBytesMax || address.ends_with('/')) return;
    if (!seen.emplace(without_scheme(address)).second) return;
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
      std::string_view address =
          std::string_view(item.body).substr(found.begin, found.end - found.begin);
      add(shown_upload(address, attachments), item.body_place);
    }
  }
  return uploads;
}

std::string with_new_addresses(std::string_view html,
                               const WxrExport& site,
                               const NewAddresses& moved) {
  if (moved.empty()) return std::string(html);
  NewAddresses by_place;
  for (const auto& [address, path] : moved) {
    by_place.emplace(std::string(without_scheme(address)), path);
  }
  std::string out;
  std::size_t at = 0;
  UploadFinder finder(html, site);
  for (Found found; finder.next(found);) {
    std::string own(without_query(html.substr(found.begin, found.end - found.begin)));
    auto target = by_place.find(without_scheme(own));
    if (target == by_place.end()) target = by_place.find(without_scheme(whole_picture(own)));
    if (target == by_place.end()) continue;
    out += html.substr(at, found.begin - at);
    out += target->second;
    at = found.end;
  }
  out += html.substr(at);
  return out;
}

}  // namespace stet::site_import
