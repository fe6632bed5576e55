#include "api/webhooks/queue_filler.h"

#include <algorithm>

#include "api/events/event_json.h"
#include "api/webhooks/subscription.h"
#include "cms/change/entry.h"
#include "storage/base/time.h"
#include "storage/history/merge_base.h"

namespace stet::webhooks {
namespace {

using events::EventCursor;
using events::Json;
using publish::LivePointer;
using publish::Shown;
using storage::WebhookDelivery;
using storage::WebhookEndpoint;

constexpr std::size_t kUrlsMax = 100;
constexpr std::uint64_t kOvertakenMax = 50;

// What is published now, in the words of a cursor: "<number> <commit> <instant> <held or 0>".
std::string publication_of(const Shown& shown) {
  return std::to_string(shown.newest->number) + " " + shown.newest->commit.hex() + " " +
         std::to_string(shown.newest->instant.seconds);
}

std::string held_of(const Shown& shown) {
  return std::to_string(shown.hold ? shown.hold->number : 0);
}

std::string cursor_of(const Shown& shown) { return publication_of(shown) + " " + held_of(shown); }

Json publication_json(const publish::Live& live) {
  return {{"commit", live.commit.hex()},
          {"instant", iso_instant(live.instant)},
          {"url", live.url},
          {"number", live.number},
          {"pages", live.manifest.size()},
          {"stale", live.manifest.stale_count()}};
}

// What differs from the publication that was told before, as long as that is kept.
void add_changes(const publish::Live& newest, const LivePointer& previous, Json& json) {
  if (!previous) {
    json["previous"] = nullptr;
    return;
  }
  auto changes = publish::changes_between(previous->manifest, newest.manifest);
  json["previous"] = {{"commit", previous->commit.hex()}, {"number", previous->number}};
  json["changed"] = changes.size();
  Json paths = Json::array();
  for (std::size_t i = 0; i < std::min(changes.size(), kUrlsMax); ++i) {
    paths.push_back(change::url_of_output(changes[i].path.string()));
  }
  json["changed_urls"] = std::move(paths);
}

// Those that came between: each is part of what the newest changes, and of those that are still
// kept there is more to say than how many they are.
void add_overtaken(const publish::Publisher& publisher,
                   std::uint64_t newest,
                   std::uint64_t told,
                   Json& json) {
  Json publications = Json::array();
  std::uint64_t first = std::max(told + 1, newest - std::min<std::uint64_t>(newest, kOvertakenMax));
  for (std::uint64_t number = first; number < newest; ++number) {
    LivePointer live = publisher.find(number);
    if (!live) continue;
    publications.push_back({{"number", number},
                            {"commit", live->commit.hex()},
                            {"instant", iso_instant(live->instant)}});
  }
  json["overtaken"] = {{"count", newest > told ? newest - told - 1 : 0},
                       {"publications", std::move(publications)}};
}

}  // namespace

struct QueueFiller::Filling {
  const WebhookEndpoint& before;
  WebhookEndpoint after;
  Shown shown;
  Instant now;
  std::vector<WebhookDelivery> deliveries = {};

  void add(std::string_view type, std::string id, Instant happened, Json data) {
    Json body = {{"type", type}, {"timestamp", iso_instant(happened)}, {"data", data}};
    std::string text = events::dump(body);
    if (text.size() > kBodyBytesMax && body["data"].contains("fields")) {
      body["data"]["fields"] = Json::array();
      body["data"]["has_more_fields"] = true;
      text = events::dump(body);
    }
    add(type, std::move(id), std::move(text));
  }

  void add(std::string_view type, std::string id, std::string text) {
    WebhookDelivery delivery;
    delivery.endpoint = after.id;
    delivery.event = std::move(id);
    delivery.type = type;
    delivery.body = std::move(text);
    delivery.created = now;
    deliveries.push_back(std::move(delivery));
  }

  void add(const events::EntryEvent& event) {
    std::string_view type = events::name_of(event.kind);
    bool is_wanted = wants_type(before.types, type) &&
                     wants_resource(before.resources, event.side().place.resource->name);
    if (!is_wanted) return;
    Instant happened{event.commit->committer.when.seconds};
    add(type, event.id, happened, events::to_json(event));
  }
};

void QueueFiller::start(WebhookEndpoint& endpoint, const std::optional<CommitId>& since) const {
  const Shown shown = publisher_.shown();
  const LivePointer& newest = shown.newest;
  endpoint.publications_cursor = newest ? cursor_of(shown) : "";
  endpoint.events_cursor = since ? since->hex() : newest ? newest->commit.hex() : "";
  auto news = store_.newest_news();
  endpoint.news_cursor = news ? *news : 0;
}

Status QueueFiller::skip(Filling& filling, const EventCursor& at, const Error& error) const {
  using events::Skipped;
  Skipped why;
  std::optional<CommitId> base;
  switch (error.code) {
    case ErrorCode::kNotFound: why = Skipped::kGone; break;
    case ErrorCode::kInvalidInput: why = Skipped::kTooMany; break;
    case ErrorCode::kConflict:
      why = Skipped::kRewritten;
      base = TRY(storage::merge_base(repository_, at.since, at.until));
      break;
    default: return error;
  }
  const CommitId& head = filling.shown.newest->commit;
  filling.add(events::kSkipped,
              head.hex() + "-skipped-" + at.since.hex().substr(0, 12),
              filling.now,
              events::skipped_json(why, at.since, head, base));
  filling.after.events_cursor = (base ? *base : head).hex();
  return {};
}

Status QueueFiller::add_commits(Filling& filling) const {
  const CommitId& head = filling.shown.newest->commit;
  const std::string& text = filling.before.events_cursor;
  auto cursor = EventCursor::parse(text);
  if (!cursor) {
    auto since = CommitId::parse(text);
    cursor = EventCursor{since ? *since : head, head};
  }
  auto page = commits_.page(*cursor, kEventsAtOnce);
  if (!page) return skip(filling, *cursor, page.error());
  for (const events::EntryEvent& event : page->events) filling.add(event);
  filling.after.events_cursor = page->next ? page->next->string() : cursor->until.hex();
  return {};
}

void QueueFiller::add_publication(Filling& filling) const {
  const Shown& shown = filling.shown;
  const std::string& told = filling.before.publications_cursor;
  bool is_new = !told.starts_with(publication_of(shown) + " ");
  bool is_held_new =
      told.empty() ? shown.hold.has_value() : told.substr(told.rfind(' ') + 1) != held_of(shown);
  filling.after.publications_cursor = cursor_of(shown);
  auto add = [&](std::string_view type, Json data) {
    if (!wants_type(filling.before.types, type)) return;
    std::string id = "site-" + std::to_string(++filling.after.told) + "-" +
                     shown.newest->commit.hex().substr(0, 12) + "-" +
                     std::to_string(shown.newest->instant.seconds);
    filling.add(type, std::move(id), filling.now, std::move(data));
  };
  if (is_new) {
    Json data = publication_json(*shown.newest);
    std::uint64_t number = std::strtoull(told.c_str(), nullptr, 10);
    LivePointer previous = publisher_.find(number);
    bool is_same = previous && told.find(previous->commit.hex()) != told.npos;
    add_changes(*shown.newest, is_same ? previous : nullptr, data);
    add_overtaken(
        publisher_, shown.newest->number, told.empty() ? shown.newest->number : number, data);
    add(kPublished, std::move(data));
  }
  if (is_held_new) {
    Json data = {{"live", publication_json(*shown.live)}, {"rollback", nullptr}};
    if (shown.hold) {
      data["rollback"] = {{"number", shown.hold->number},
                          {"in_place_of", shown.hold->head.hex()},
                          {"since", iso_instant(shown.hold->since)},
                          {"by", shown.hold->by}};
    }
    add(kRollback, std::move(data));
  }
}

Status QueueFiller::add_news(Filling& filling) const {
  for (auto& news : TRY(store_.news_after(filling.before.news_cursor, kEventsAtOnce))) {
    filling.after.news_cursor = news.number;
    if (!wants_type(filling.before.types, news.type)) continue;
    filling.add(news.type, std::move(news.id), std::move(news.body));
  }
  return {};
}

Result<bool> QueueFiller::fill(const WebhookEndpoint& endpoint) {
  const Shown shown = publisher_.shown();
  const std::string head = shown.newest ? shown.newest->commit.hex() : "";
  bool has_publication = shown.newest && (endpoint.events_cursor != head ||
                                          endpoint.publications_cursor != cursor_of(shown));
  bool has_news = endpoint.news_cursor < TRY(store_.newest_news());
  if (!has_publication && !has_news) return false;
  if (TRY(store_.waiting_of(endpoint.id)) >= kWaitingMax) return false;
  Filling filling{endpoint, endpoint, shown, clock_.now()};
  if (has_publication && endpoint.events_cursor != head) TRY(add_commits(filling));
  // What a publication shows has been told before it.
  if (has_publication && filling.after.events_cursor == head) add_publication(filling);
  if (has_news) TRY(add_news(filling));
  TRY(store_.enqueue(endpoint, filling.after, filling.deliveries));
  return true;
}

}  // namespace stet::webhooks
