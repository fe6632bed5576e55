#include "api/targets/s3_bucket.h"

#include <algorithm>
#include <map>

#include "api/targets/redirect.h"
#include "cms/publish/mime.h"
#include "storage/base/hash.h"
#include "storage/base/utf8.h"
#include "storage/outbound/http_url.h"

namespace stet::targets {
namespace {

using storage::HttpAnswer;

constexpr std::size_t kKeyBytesMax = 1024;  // of a key, in UTF-8
constexpr int kTriesMax = 5;
constexpr std::size_t kConfirmed = 100;  // that are noted together
constexpr std::uint64_t kBytesUnderWay = std::uint64_t{64} << 20;
constexpr std::int64_t kLookMs = 200;
constexpr std::int64_t kRetryAfterMax = 60;  // seconds

bool is_bucket_name(std::string_view name) {
  return name.size() >= 3 && name.size() <= 63 && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                  c == '_';
         });
}

bool is_header_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c < 127; });
}

// The text of <name> in S3's XML; "" where there is none.
std::string element_of(std::string_view xml, std::string_view name) {
  const std::string open = "<" + std::string(name) + ">";
  const std::size_t begin = xml.find(open);
  if (begin == xml.npos) return "";
  xml.remove_prefix(begin + open.size());
  return printable(xml.substr(0, xml.find('<')), 200);
}

std::string_view mend_of(const std::string& code) {
  if (code == "RequestTimeTooSkewed") return "; set this machine's clock";
  if (code == "SignatureDoesNotMatch" || code == "InvalidAccessKeyId") {
    return "; look at the credentials";
  }
  if (code == "AuthorizationHeaderMalformed" || code == "PermanentRedirect" ||
      code == "IllegalLocationConstraintException") {
    return "; look at region and endpoint";
  }
  if (code == "AccessDenied") return "; the key must be allowed s3:PutObject and s3:DeleteObject";
  if (code == "NoSuchBucket") return "; make the bucket first";
  return "";
}

Error error_of(const OutputPath& path, const HttpAnswer& answer) {
  const std::string of = "'" + path.string() + "': ";
  if (answer.status == 0) return unavailable(of + printable(answer.failure, 200));
  const std::string code = element_of(answer.beginning, "Code");
  const std::string message = element_of(answer.beginning, "Message");
  std::string said = of + "the bucket answered " + std::to_string(answer.status);
  if (!code.empty()) said += " " + code;
  if (!message.empty()) said += ", \"" + message + "\"";
  said += mend_of(code);
  if (answer.status == 403) return forbidden(std::move(said));
  return answer.status < 500 ? invalid_input(std::move(said)) : unavailable(std::move(said));
}

bool is_good(const Change& change, int status) {
  return (status >= 200 && status < 300) || (!change.entry && status == 404);
}

bool is_passing(const HttpAnswer& answer) {
  return (answer.status == 0 && !answer.is_refused) || answer.status == 408 ||
         answer.status == 429 || answer.status >= 500;
}

struct Address {
  std::string host, base;
};

// "https://s3.example" into what is signed and what is called.
Result<Address> address_of(const S3Settings& settings, const storage::AddressFilter& filter) {
  const Error wrong = invalid_input(
      "endpoint is the address of the service and no more, such as "
      "https://s3.eu-central-1.amazonaws.com, not '" +
      printable(settings.endpoint, 200) + "'");
  const std::size_t scheme = settings.endpoint.find("://");
  if (scheme == std::string::npos) return wrong;
  std::string host = settings.endpoint.substr(scheme + 3);
  if (host.ends_with('/')) host.pop_back();
  if (host.empty() || host.find_first_of("/?#@ ") != std::string::npos) return wrong;
  TRY(storage::HttpUrl::parse(settings.endpoint, filter));
  const std::string prefix = settings.endpoint.substr(0, scheme + 3);
  const std::string default_port = prefix == "https://" ? ":443" : ":80";
  if (host.ends_with(default_port)) host.resize(host.size() - default_port.size());
  if (!settings.is_path_style) host = settings.bucket + "." + host;
  return Address{host, prefix + host};
}

}  // namespace

Result<std::unique_ptr<S3Bucket>> S3Bucket::open(S3Settings settings,
                                                 storage::AddressFilter filter,
                                                 std::string agent,
                                                 const Clock& clock) {
  if (!is_bucket_name(settings.bucket)) {
    return invalid_input("bucket is a name of 3 to 63 of a-z, 0-9, '-' and '.'");
  }
  if (settings.credentials.key_id.empty() || settings.credentials.secret.empty()) {
    return invalid_input(
        "credentials names a file with the key's id in its first line and the secret in its "
        "second; "
        "or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
  }
  for (const std::string* value : {&settings.page_cache,
                                   &settings.asset_cache,
                                   &settings.region,
                                   &settings.credentials.key_id,
                                   &settings.credentials.secret,
                                   &settings.credentials.session_token}) {
    if (is_header_value(*value)) continue;
    return invalid_input("region, cache_control and credentials are ASCII, and each one line");
  }
  if (!settings.prefix.empty() && !OutputPath::parse(settings.prefix)) {
    return invalid_input("prefix is a path without slashes at its ends, such as site/www");
  }
  Address address = TRY(address_of(settings, filter));
  auto caller = TRY(storage::HttpCaller::open(
      std::move(filter),
      {.total_ms_max = settings.seconds_max * 1000, .answer_bytes_kept = 4096},
      std::move(agent)));
  return std::unique_ptr<S3Bucket>(new S3Bucket(std::move(settings),
                                                std::move(caller),
                                                clock,
                                                std::move(address.host),
                                                std::move(address.base)));
}

std::string S3Bucket::place() const {
  const std::string prefix = settings_.prefix.empty() ? "" : "/" + settings_.prefix;
  return "s3://" + settings_.bucket + prefix + " at " + settings_.endpoint;
}

std::string S3Bucket::manner() const { return settings_.page_cache + "\n" + settings_.asset_cache; }

void S3Bucket::stop() { caller_->wake(); }

std::string S3Bucket::key_of(const OutputPath& path) const {
  return settings_.prefix.empty() ? path.string() : settings_.prefix + "/" + path.string();
}

Result<storage::HttpCall> S3Bucket::call_of(const Change& change, const Work& work) const {
  const std::string key = key_of(change.path);
  if (key.size() > kKeyBytesMax) {
    return invalid_input("'" + change.path.string() +
                         "' is too long for S3, whose keys have at "
                         "most 1024 bytes; give it a shorter permalink");
  }
  SignedRequest request{
      .method = "DELETE",
      .host = host_,
      .path = encode_s3_path((settings_.is_path_style ? "/" + settings_.bucket : "") + "/" + key),
      .query = "",
      .headers = {},
      .body_sha256 = ""};
  storage::HttpCall call{
      .url = base_ + request.path, .headers = {}, .body = "", .method = "DELETE"};
  if (change.entry) {
    const Page& page = *change.entry->page();
    if (page.bytes > settings_.file_bytes_max) {
      return invalid_input("'" + change.path.string() + "' has more than " +
                           std::to_string(settings_.file_bytes_max >> 20) +
                           " MiB; raise file_mib, or keep it elsewhere");
    }
    call.method = request.method = "PUT";
    call.body = *TRY(work.bytes_of(change.path, page));
    request.headers = {
        {"Content-Type", page.type},
        {"Cache-Control",
         publish::is_shown_last(page.type) ? settings_.page_cache : settings_.asset_cache}};
    auto redirect = page.type.starts_with("text/html") ? redirect_of(call.body) : std::nullopt;
    if (redirect) request.headers.emplace_back("x-amz-website-redirect-location", *redirect);
    std::erase_if(request.headers, [](const auto& header) { return header.second.empty(); });
  }
  request.body_sha256 = sha256_hex(call.body);
  call.headers = sign_v4(request, settings_.credentials, settings_.region, clock_.now());
  call.headers.insert(call.headers.end(), request.headers.begin(), request.headers.end());
  return call;
}

// The requests of one phase, of which the next must see nothing.
class S3Bucket::Phase {
 public:
  Phase(S3Bucket& bucket, const std::vector<Change>& changes, Work& work)
      : bucket_(bucket), changes_(changes), work_(work) {}

  Status run() {
    for (;;) {
      if (work_.is_over()) {
        fail(stopping());
        break;  // nobody knows of those that are under way
      }
      start_due();
      if (is_done()) break;
      for (const auto& [name, answer] : bucket_.caller_->wait(kLookMs)) take(name, answer);
      if (done_.size() >= kConfirmed) TRY(confirm());
    }
    TRY(confirm());
    return failure_ ? Status(*failure_) : Status();
  }

 private:
  std::int64_t now_ms() const { return bucket_.clock_.monotonic_ns() / 1'000'000; }
  bool is_done() const {
    return under_way_.empty() && (failure_ || (next_ == changes_.size() && again_.empty()));
  }
  void fail(Error error) {
    if (!failure_) failure_ = std::move(error);
  }

  // What is to be tried again, when it is due; else the next one.
  std::optional<Item> next() {
    auto due = std::find_if(
        again_.begin(), again_.end(), [now = now_ms()](auto& item) { return item.due_ms <= now; });
    if (due != again_.end()) {
      Item item = *due;
      again_.erase(due);
      return item;
    }
    if (next_ == changes_.size()) return std::nullopt;
    const Change& change = changes_[next_];
    const std::uint64_t bytes = change.entry ? change.entry->page()->bytes : 0;
    if (bytes_ > 0 && bytes_ + bytes > kBytesUnderWay) return std::nullopt;
    ++next_;
    return Item{.change = &change, .bytes = bytes};
  }

  void start_due() {
    while (!failure_ && under_way_.size() < bucket_.settings_.concurrent_max) {
      auto item = next();
      if (!item) return;
      auto call = bucket_.call_of(*item->change, work_);
      if (!call) return fail(std::move(call).error());
      const std::uint64_t name = ++bucket_.last_name_;
      if (auto started = bucket_.caller_->start(name, *std::move(call)); !started) {
        return fail(std::move(started).error());
      }
      ++bucket_.requests_;
      bytes_ += item->bytes;
      under_way_[name] = *item;
    }
  }

  void take(std::uint64_t name, const HttpAnswer& answer) {
    auto found = under_way_.find(name);
    if (found == under_way_.end()) return;  // of a round that was broken off
    Item item = found->second;
    under_way_.erase(found);
    bytes_ -= item.bytes;
    if (is_good(*item.change, answer.status)) {
      done_.push_back(*item.change);
      return;
    }
    if (++item.attempts >= kTriesMax || !is_passing(answer)) {
      return fail(error_of(item.change->path, answer));
    }
    const std::int64_t asked =
        std::clamp<std::int64_t>(answer.retry_after_seconds.value_or(0), 0, kRetryAfterMax) * 1000;
    item.due_ms = now_ms() + std::max(asked, bucket_.settings_.pause_ms << (item.attempts - 1));
    again_.push_back(item);
  }

  Status confirm() {
    if (done_.empty()) return {};
    TRY(work_.confirm(done_));
    done_.clear();
    return {};
  }

  S3Bucket& bucket_;
  const std::vector<Change>& changes_;
  Work& work_;
  std::size_t next_ = 0;
  std::deque<Item> again_;
  std::map<std::uint64_t, Item> under_way_;
  std::uint64_t bytes_ = 0;  // under way
  std::vector<Change> done_;
  std::optional<Error> failure_;
};

Status S3Bucket::send(const std::vector<Change>& changes, Work& work) {
  return Phase(*this, changes, work).run();
}

Status S3Bucket::apply(Work& work) {
  TRY(send(work.plan.assets, work));
  TRY(send(work.plan.pages, work));
  TRY(send(work.plan.clearings, work));
  TRY(send(work.plan.deletions, work));
  return send(work.plan.seals, work);
}

}  // namespace stet::targets
