#include "api/routes/change_news.h"

#include "api/changes/changes.h"
#include "api/routes/change_json.h"
#include "api/webhooks/dispatcher.h"

namespace stet::api {

void tell_change(const Backend& backend,
                 std::string_view type,
                 const changes::Record& record,
                 std::string_view by,
                 const Json& more) {
  Json json = {{"change", brief_json(record)}, {"by", by}};
  json.update(more);
  if (backend.events) backend.events->tell(type, dump(json));
  if (!backend.webhooks) return;
  // The same thing happens once to one state; a comment leaves the state as it is.
  std::string id = "change-" + record.id + "-" + record.head.hex().substr(0, 12) + "-" +
                   std::string(type.substr(type.find('.') + 1));
  if (auto number = more.find("number"); number != more.end()) id += "-" + number->dump();
  Status told = backend.webhooks->tell(type, id, json);
  if (!told && backend.note) backend.note("tell of a change: " + told.error().message);
}

void tell_written(const Call& call) {
  auto record = call.backend.changes->find(call.change->id);
  if (record) tell_change(call.backend, "change.updated", **record, call.principal.actor());
}

}  // namespace stet::api
