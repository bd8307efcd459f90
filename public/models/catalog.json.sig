{
 "schemaVersion": 1,
 "statement": "{\"schemaVersion\":1,\"says\":\"ktav-catalog\",\"revision\":3,\"expires\":\"2027-11-21T23:31:15.502Z\",\"catalogSha256\":\"a1c0dab2d148c0bf5825b7d20b40f607a7b30dcfc246340fe7717748e659755f\",\"catalogBytes\":891}",
 "signatures": [
  {
   "key": "5b5badace161af12a95226471600798c0da4f00bed176060b1c837da4ffcbc71",
   "signature": "84ea82a5fecb7c5e7ecca28615ce1fe2ce55dc6953481d6b68148113cfcfff8fc49ab2a67a42fae559b52129c269569cebd507ba6ab78c6e52206b497c7c5d01"
  }
 ]
}
