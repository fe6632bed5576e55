#include "cms/plugins/seo_tag.h"

#include <algorithm>
#include <cctype>

#include "cms/liquid/convert.h"
#include "cms/plugins/seo_facts.h"

namespace stet::plugins {
namespace {

using liquid::Value;

constexpr std::string_view kVersion = "2.8.0";

bool leaves_title_out(std::string_view markup) {
  std::string small(markup);
  std::transform(small.begin(), small.end(), small.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return small.find("title=false") != std::string::npos;
}

// Lines of the tag's output, in the plugin's order.
class Lines {
 public:
  Lines(const SeoFacts& facts, const Value& paginator) : facts_(facts), paginator_(paginator) {}

  std::string run(bool has_title) {
    out_ = "<!-- Begin Jekyll SEO tag v" + std::string(kVersion) + " -->\n";
    SeoFacts::Text title = has_title ? facts_.title() : std::nullopt;
    if (title) out_ += "<title>" + *title + "</title>\n";
    name("generator", "Jekyll v" + std::string(site::kJekyllVersion));
    if (facts_.page_title()) property("og:title", *facts_.page_title());
    Value author = facts_.in(facts_.author(), "name");
    if (author.is_truthy()) name("author", facts_.text(author));
    property("og:locale", facts_.locale());
    if (SeoFacts::Text description = facts_.description()) {
      name("description", *description);
      property("og:description", *description);
    }
    add_addresses();
    add_image();
    add_kind();
    add_neighbours();
    add_twitter();
    add_facebook();
    add_verifications();
    std::string json = facts_.json_of(facts_.json_ld());
    out_ += "<script type=\"application/ld+json\">\n" + json + "</script>\n";
    out_ += "<!-- End Jekyll SEO tag -->\n";
    return std::move(out_);
  }

 private:
  void name(std::string_view name, const std::string& content) { meta("name", name, content); }
  void property(std::string_view name, const std::string& content) {
    meta("property", name, content);
  }
  void meta(std::string_view attribute, std::string_view name, const std::string& content) {
    out_ += "<meta ";
    out_ += attribute;
    out_ += "=\"";
    out_ += name;
    out_ += "\" content=\"" + content + "\" />\n";
  }
  void link(std::string_view relation, const std::string& address) {
    out_ += "<link rel=\"" + std::string(relation) + "\" href=\"" + address + "\" />\n";
  }
  void property_of(const Value& map, std::string_view key, std::string_view as) {
    Value value = facts_.in(map, key);
    if (value.is_truthy()) property(as, facts_.text(value));
  }

  void add_addresses() {
    if (facts_.site("url").is_truthy()) {
      std::string address = facts_.canonical_url();
      link("canonical", address);
      property("og:url", address);
    }
    if (facts_.site_title()) property("og:site_name", *facts_.site_title());
  }

  void add_image() {
    if (!facts_.image_path()) return;
    property("og:image", *facts_.image_path());
    Value image = facts_.page("image");
    property_of(image, "height", "og:image:height");
    property_of(image, "width", "og:image:width");
    property_of(image, "alt", "og:image:alt");
  }

  void add_kind() {
    SeoFacts::Text published = facts_.date_published();
    property("og:type", published ? "article" : "website");
    if (published) property("article:published_time", *published);
  }

  void add_neighbours() {
    for (const auto& [key, relation] :
         {std::pair("previous_page", "prev"), {"next_page", "next"}}) {
      if (!facts_.in(paginator_, key).is_truthy()) continue;
      Value path = facts_.in(paginator_, std::string(key) + "_path");
      link(relation, facts_.absolute(facts_.text(path)));
    }
  }

  void add_twitter() {
    if (facts_.image_path()) {
      Value card = facts_.in(facts_.page("twitter"), "card");
      if (!is_given(card)) card = facts_.in(facts_.site("twitter"), "card");
      name("twitter:card", is_given(card) ? facts_.text(card) : "summary_large_image");
      property("twitter:image", *facts_.image_path());
      Value alt = facts_.in(facts_.page("image"), "alt");
      if (alt.is_truthy()) name("twitter:image:alt", facts_.text(alt));
    } else {
      name("twitter:card", "summary");
    }
    if (facts_.page_title()) property("twitter:title", *facts_.page_title());
    Value twitter = facts_.site("twitter");
    if (!twitter.is_truthy()) return;
    std::string user = facts_.text(facts_.in(twitter, "username"));
    std::erase(user, '@');
    name("twitter:site", "@" + user);
    if (auto creator = facts_.author_twitter()) name("twitter:creator", "@" + *creator);
  }

  // Liquid's `default` takes the other for nil, false and the empty text.
  bool is_given(const Value& value) const {
    return value.is_truthy() && !(value.is_string() && value.as_string().empty());
  }

  void add_facebook() {
    Value facebook = facts_.site("facebook");
    property_of(facebook, "admins", "fb:admins");
    property_of(facebook, "publisher", "article:publisher");
    property_of(facebook, "app_id", "fb:app_id");
  }

  void add_verifications() {
    Value codes = facts_.site("webmaster_verifications");
    if (!codes.is_truthy()) {
      Value google = facts_.site("google_site_verification");
      if (google.is_truthy()) name("google-site-verification", facts_.text(google));
      return;
    }
    for (const auto& [key, as] : {std::pair("google", "google-site-verification"),
                                  {"bing", "msvalidate.01"},
                                  {"alexa", "alexaVerifyID"},
                                  {"yandex", "yandex-verification"},
                                  {"baidu", "baidu-site-verification"},
                                  {"facebook", "facebook-domain-verification"}}) {
      Value code = facts_.in(codes, key);
      if (code.is_truthy()) name(as, facts_.text(code));
    }
  }

  const SeoFacts& facts_;
  const Value& paginator_;
  std::string out_;
};

}  // namespace

std::string seo_tag(std::string_view markup, const Value& paginator, site::View& view) {
  SeoFacts facts(paginator, view);
  return Lines(facts, paginator).run(!leaves_title_out(markup));
}

}  // namespace stet::plugins
