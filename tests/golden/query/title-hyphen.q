title:chora-tadbir title:a,b
