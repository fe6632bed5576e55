#include "storage/outbound/http_caller.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "storage/outbound/curl_library.h"

namespace stet::storage {
namespace {

struct FreeEasy {
  void operator()(CURL* easy) const { curl().easy_cleanup(easy); }
};
struct FreeMulti {
  void operator()(CURLM* multi) const { curl().multi_cleanup(multi); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl().slist_free_all(list); }
};

}  // namespace

struct HttpCaller::Transfer {
  const AddressFilter* filter;
  const CallLimits* limits;
  std::uint64_t name = 0;
  HttpCall call;
  HttpAnswer answer;
  std::size_t answer_bytes = 0;
  bool is_cut = false;
  char error[CURL_ERROR_SIZE] = "";
  std::unique_ptr<curl_slist, FreeList> headers;
  std::unique_ptr<CURL, FreeEasy> easy;

  static std::size_t take(char* bytes, std::size_t, std::size_t size, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    std::string& kept = transfer.answer.beginning;
    std::size_t room = transfer.limits->answer_bytes_kept - kept.size();
    kept.append(bytes, std::min(size, room));
    transfer.answer_bytes += size;
    transfer.is_cut = transfer.answer_bytes > transfer.limits->answer_bytes_max;
    return transfer.is_cut ? 0 : size;
  }

  static curl_socket_t open_socket(void* self, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(self);
    IpAddress ip = IpAddress::of(&address->addr);
    if (!transfer.filter->allows(ip)) {
      transfer.answer.is_refused = true;
      transfer.answer.failure = "the address " + ip.string() + " is of no public network";
      return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }

  void finish(CURLcode code);
};

struct HttpCaller::Handles {
  AddressFilter filter;
  CallLimits limits;
  std::string agent;
  std::unique_ptr<CURLM, FreeMulti> multi;
  std::map<CURL*, std::unique_ptr<Transfer>> transfers;

  void set_options(Transfer& transfer);
};

void HttpCaller::Transfer::finish(CURLcode code) {
  long status = 0;
  curl_off_t took_us = 0, retry_after = 0;
  curl().easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  curl().easy_getinfo(easy.get(), CURLINFO_TOTAL_TIME_T, &took_us);
  curl().easy_getinfo(easy.get(), CURLINFO_RETRY_AFTER, &retry_after);
  answer.took_ms = took_us / 1000;
  answer.has_begun = status != 0;
  if (retry_after > 0) answer.retry_after_seconds = retry_after;
  if (code == CURLE_OK || is_cut) {
    answer.status = static_cast<int>(status);
    answer.is_refused = false;  // another of the name's addresses was called
    answer.failure.clear();
    if (is_cut) {
      answer.failure =
          "the answer has more than " + std::to_string(limits->answer_bytes_max) + " bytes";
    }
    return;
  }
  if (!answer.is_refused) answer.failure = *error ? error : curl().easy_strerror(code);
}

void HttpCaller::Handles::set_options(Transfer& transfer) {
  CURL* easy = transfer.easy.get();
  auto set = [easy](CURLoption option, auto value) { curl().easy_setopt(easy, option, value); };
  set(CURLOPT_URL, transfer.call.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_PROXY, "");  // and none of the environment's
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_USERAGENT, agent.c_str());
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect_ms_max));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(limits.total_ms_max));
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_ERRORBUFFER, transfer.error);
  set(CURLOPT_HTTPHEADER, transfer.headers.get());
  const std::string& method = transfer.call.method;
  if (method != "POST" && method != "GET") set(CURLOPT_CUSTOMREQUEST, method.c_str());
  if (method == "POST" || method == "PUT") {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDS, transfer.call.body.data());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(transfer.call.body.size()));
  }
  set(CURLOPT_WRITEFUNCTION, &Transfer::take);
  set(CURLOPT_WRITEDATA, static_cast<void*>(&transfer));
  set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::open_socket);
  set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(&transfer));
}

HttpCaller::HttpCaller(std::unique_ptr<Handles> handles) : handles_(std::move(handles)) {}

HttpCaller::~HttpCaller() {
  for (auto& [easy, transfer] : handles_->transfers) {
    curl().multi_remove_handle(handles_->multi.get(), easy);
  }
}

Result<std::unique_ptr<HttpCaller>> HttpCaller::open(AddressFilter filter,
                                                     CallLimits limits,
                                                     std::string agent) {
  TRY(load_curl());
  auto handles = std::make_unique<Handles>();
  handles->filter = std::move(filter);
  handles->limits = limits;
  handles->agent = std::move(agent);
  handles->multi.reset(curl().multi_init());
  if (!handles->multi) return unavailable("there is no memory to call others");
  return std::unique_ptr<HttpCaller>(new HttpCaller(std::move(handles)));
}

const AddressFilter& HttpCaller::filter() const { return handles_->filter; }

std::size_t HttpCaller::under_way() const { return handles_->transfers.size(); }

Status HttpCaller::start(std::uint64_t name, HttpCall call) {
  auto transfer = std::make_unique<Transfer>();
  transfer->filter = &handles_->filter;
  transfer->limits = &handles_->limits;
  transfer->name = name;
  transfer->call = std::move(call);
  transfer->easy.reset(curl().easy_init());
  // "Expect:" without a value: libcurl would wait for a leave that few servers give.
  transfer->headers.reset(curl().slist_append(nullptr, "Expect:"));
  for (const auto& [header, value] : transfer->call.headers) {
    // A header without a value is written with a semicolon.
    std::string line = header + (value.empty() ? ";" : ": " + value);
    curl().slist_append(transfer->headers.get(), line.c_str());
  }
  CURL* easy = transfer->easy.get();
  if (!easy || !transfer->headers) return unavailable("there is no memory for a call");
  handles_->set_options(*transfer);
  if (curl().multi_add_handle(handles_->multi.get(), easy) != CURLM_OK) {
    return unavailable("the call cannot be started");
  }
  handles_->transfers.emplace(easy, std::move(transfer));
  return {};
}

std::vector<std::pair<std::uint64_t, HttpAnswer>> HttpCaller::wait(std::int64_t ms_max) {
  CURLM* multi = handles_->multi.get();
  int running = 0;
  curl().multi_perform(multi, &running);
  std::vector<std::pair<std::uint64_t, HttpAnswer>> answers;
  auto take_answers = [&] {
    int left = 0;
    while (CURLMsg* message = curl().multi_info_read(multi, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURL* easy = message->easy_handle;
      CURLcode code = message->data.result;
      auto transfer = handles_->transfers.extract(easy);
      transfer.mapped()->finish(code);
      answers.emplace_back(transfer.mapped()->name, std::move(transfer.mapped()->answer));
      curl().multi_remove_handle(multi, easy);
    }
  };
  take_answers();
  if (!answers.empty()) return answers;
  curl().multi_poll(multi, nullptr, 0, static_cast<int>(ms_max), nullptr);
  curl().multi_perform(multi, &running);
  take_answers();
  return answers;
}

void HttpCaller::wake() { curl().multi_wakeup(handles_->multi.get()); }

}  // namespace stet::storage
