// What goes in and out about people, as JSON Schema 2020-12.

#include "api/routes/openapi.h"

namespace stet::api {
namespace {

constexpr char kSchemas[] = R"json({
"User": {"type": "object", "required": ["id", "name", "role"], "properties": {
  "id": {"type": "string"}, "self": {"type": "string"},
  "name": {"type": "string", "description": "by which they sign in; for good"},
  "mail": {"type": "string"}, "commit_name": {"type": "string"}, "commit_mail": {"type": "string"},
  "role": {"enum": ["reader", "author", "editor", "maintainer", "admin"]},
  "is_disabled": {"type": "boolean"}, "has_password": {"type": "boolean"},
  "has_second_factor": {"type": "boolean"}, "created": {"type": "string", "format": "date-time"},
  "last_sign_in": {"type": ["string", "null"]}}},
"UserList": {"type": "object", "required": ["items"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/User"}}}},
"UserNew": {"type": "object", "additionalProperties": false, "required": ["name", "mail", "role"],
  "properties": {"name": {"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]{0,38}$"},
  "mail": {"type": "string"},
  "role": {"enum": ["reader", "author", "editor", "maintainer", "admin"]},
  "commit_name": {"type": "string", "description": "the author of their commits; else the name"},
  "commit_mail": {"type": "string", "description": "likewise; else the mail"}}},
"UserPatch": {"type": "object", "additionalProperties": false, "properties": {
  "mail": {"type": "string"}, "commit_name": {"type": "string"}, "commit_mail": {"type": "string"},
  "role": {"enum": ["reader", "author", "editor", "maintainer", "admin"]},
  "is_disabled": {"type": "boolean",
    "description": "signs them out, and makes their tokens worthless while it is so"}}},
"SignIn": {"type": "object", "additionalProperties": false, "required": ["login", "password"],
  "properties": {"login": {"type": "string", "description": "a user's name, or mail"},
  "password": {"type": "string"},
  "code": {"type": "string",
    "description": "of the authenticator, or a recovery code, where a problem's needs says so"}}},
"ProviderList": {"type": "object", "required": ["items"], "properties": {"items": {
  "type": "array", "items": {"type": "object", "required": ["id", "name"], "properties": {
    "id": {"type": "string"}, "name": {"type": "string", "description": "for a button"}}}}}},
"ProviderSignIn": {"type": "object", "additionalProperties": false, "properties": {
  "return_to": {"type": "string", "maxLength": 500,
    "description": "a path of this origin, to go on to afterwards; else /"}}},
"ProviderSignInBegun": {"type": "object", "required": ["url", "expires"], "properties": {
  "url": {"type": "string", "description": "of the provider: the browser goes there"},
  "expires": {"type": "string", "format": "date-time"}}},
"Identity": {"type": "object", "required": ["id", "provider", "issuer", "subject"], "properties": {
  "id": {"type": "string"}, "provider": {"type": "string"}, "issuer": {"type": "string"},
  "subject": {"type": "string", "description": "who it is there, for good"},
  "mail": {"type": "string", "description": "by which they were known when they first came in"},
  "bound": {"type": "string", "format": "date-time"},
  "last_used": {"type": "string", "format": "date-time"}}},
"IdentityList": {"type": "object", "required": ["items"], "properties": {"items": {
  "type": "array", "items": {"$ref": "#/components/schemas/Identity"}}}},
"Session": {"type": "object", "required": ["id", "user", "csrf", "expires", "idle_until"],
  "properties": {"id": {"type": "string"}, "user": {"$ref": "#/components/schemas/User"},
  "csrf": {"type": "string", "description": "for X-CSRF-Token, with whatever is not a GET"},
  "expires": {"type": "string", "format": "date-time"},
  "idle_until": {"type": "string", "description": "it ends then if nothing is asked before"}}},
"SessionList": {"type": "object", "required": ["items"], "properties": {"items": {"type": "array",
  "items": {"type": "object", "required": ["id", "is_this"], "properties": {
    "id": {"type": "string"}, "created": {"type": "string"}, "last_seen": {"type": "string"},
    "expires": {"type": "string"}, "address": {"type": "string"}, "agent": {"type": "string"},
    "is_this": {"type": "boolean", "description": "the one that asks"}}}}}},
"Ended": {"type": "object", "required": ["ended"], "properties": {
  "ended": {"type": "integer", "description": "sessions"}}},
"Done": {"type": "object", "required": ["is_done"], "properties": {"is_done": {"const": true}}},
"ResetUse": {"type": "object", "additionalProperties": false, "required": ["secret", "password"],
  "properties": {"secret": {"type": "string"}, "password": {"type": "string", "minLength": 10},
   "revoke_tokens": {"type": "boolean", "default": true,
     "description": "false: the user's tokens stay good"}}},
"Reset": {"type": "object", "required": ["secret", "link", "expires"], "properties": {
  "link": {"type": "string",
    "description": "the page of this origin at which the user sets a password with it"},
  "secret": {"type": "string", "description": "for POST /password-reset; it is shown this once"},
  "expires": {"type": "string", "format": "date-time"}}},
"Account": {"type": "object", "required": ["kind", "name", "role", "rights", "limits", "user"],
  "properties": {"kind": {"enum": ["session", "token"]}, "name": {"type": "string"},
  "role": {"type": ["string", "null"], "description": "null: a token that is the server's own"},
  "scopes": {"type": "array", "items": {"type": "string"}, "description": "of a token"},
  "commit_name": {"type": "string"}, "commit_mail": {"type": "string"},
  "rights": {"type": "array", "items": {"type": "object", "required": ["area", "action", "reach"],
    "properties": {"area": {"enum": ["drafts", "content", "media", "schedule", "theme",
      "server"]},
    "action": {"enum": ["read", "write", "propose"]}, "reach": {"enum": ["none", "own", "all"]}}}},
  "limits": {"type": "object", "required": ["upload_bytes"], "properties": {
    "upload_bytes": {"type": "integer", "description": "of one file, by the server's settings"}}},
  "recovery_codes": {"type": "integer", "description": "that are left"},
  "identities": {"type": "array", "items": {"$ref": "#/components/schemas/Identity"},
    "description": "as whom providers know them"},
  "user": {"anyOf": [{"$ref": "#/components/schemas/User"}, {"type": "null"}]}}},
"AccountPatch": {"type": "object", "additionalProperties": false, "properties": {
  "commit_name": {"type": "string"}, "commit_mail": {"type": "string"}}},
"PasswordChange": {"type": "object", "additionalProperties": false, "required": ["old", "new"],
  "properties": {"old": {"type": "string"}, "new": {"type": "string", "minLength": 10},
   "revoke_tokens": {"type": "boolean", "default": false,
    "description": "true: one's tokens end too"}}},
"PasswordProof": {"type": "object", "additionalProperties": false,
  "properties": {"password": {"type": "string", "description":
    "one's own, once more; who has none leaves it out, and has signed in within ten minutes"},
  "code": {"type": "string", "description":
    "of the second factor, or a recovery code, where there is one: then it is needed as well"}}},
"CodeProof": {"type": "object", "additionalProperties": false, "required": ["code"],
  "properties": {"code": {"type": "string"}}},
"Enrolment": {"type": "object", "required": ["secret", "uri"], "properties": {
  "secret": {"type": "string", "description": "base32, to be typed"},
  "uri": {"type": "string", "description": "otpauth://, to be scanned"}}},
"RecoveryCodes": {"type": "object", "required": ["recovery_codes"], "properties": {
  "recovery_codes": {"type": "array", "items": {"type": "string"},
    "description": "each good once, in place of a code"}}},
"Token": {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"},
  "scopes": {"type": "array", "items": {"type": "string"}},
  "user": {"type": ["string", "null"], "description": "the owner's name; null: the server's own"},
  "created": {"type": "string", "format": "date-time"}, "expires": {"type": ["string", "null"]},
  "last_used": {"type": ["string", "null"], "description": "to ten minutes"},
  "revoked": {"type": ["string", "null"]}}},
"TokenList": {"type": "object", "required": ["items"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Token"}}}},
"TokenNew": {"type": "object", "additionalProperties": false, "required": ["name", "scopes"],
  "properties": {"name": {"type": "string"},
  "scopes": {"type": "array", "minItems": 1, "items": {
    "enum": ["content:read", "posts:write", "schedule:write", "theme:write", "admin"]}},
  "days": {"type": "integer", "minimum": 1, "maximum": 3660,
    "description": "until it expires; else it is good until it is revoked"}}},
"TokenWithSecret": {"allOf": [{"$ref": "#/components/schemas/Token"}, {"type": "object",
  "required": ["token"], "properties": {"token": {"type": "string"}}}]},
"Audit": {"type": "object", "required": ["items", "next"], "properties": {
  "items": {"type": "array", "items": {"type": "object", "required": ["number", "at", "kind"],
    "properties": {"number": {"type": "integer"}, "at": {"type": "string", "format": "date-time"},
    "kind": {"type": "string"},
    "actor": {"type": "string", "description": "a user's name, a token's id, or command line"},
    "subject": {"type": "string"}, "address": {"type": "string"}, "detail": {"type": "string"}}}},
  "next": {"type": ["string", "null"]}}}
})json";

}  // namespace

const Json& people_schemas() {
  static const Json parsed = Json::parse(kSchemas);
  return parsed;
}

}  // namespace stet::api
